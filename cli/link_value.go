package cli

import (
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/show"
)

// columnValue converts text from the command line to a value for a column. Text
// that does not fit the kind of the column stays a string, which the link
// manager rejects with a message about the column.
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

// shownValue returns the text that a table shows for the value of an extra
// column.
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
