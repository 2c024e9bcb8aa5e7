package cli

import (
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/model"
)

// columnValue is the text of a command line as a value for a column. Text that
// does not fit the column's kind stays text, so that whoever checks the value
// can name it.
func columnValue(f *model.Field, given string) any {
	if given == "null" {
		return nil
	}
	if f == nil {
		return given
	}
	switch f.Kind {
	case model.Bool:
		if given == "true" || given == "false" {
			return given == "true"
		}
	case model.Int, model.Float:
		return json.Number(given)
	case model.JSON:
		return model.RawJSON(given)
	case model.TextList:
		return commas([]string{given})
	}
	return given
}

// shownValue is a value of an extra column as a person is shown it.
func shownValue(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	shown, err := show.Parse(b)
	if err != nil {
		return string(b)
	}
	return shown.Cell()
}
