package fault

import "time"

// NotNegative returns an invalid_data error if a setting, of which 0 means the
// default, is negative.
func NotNegative[T int | int64 | time.Duration](setting string, value T) error {
	if value < 0 {
		return New(InvalidData, "%s cannot be %v; it must be positive, or 0 for the default", setting, value)
	}
	return nil
}
