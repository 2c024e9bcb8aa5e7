package api

import "regexp"

// hostForm is what the host of a request looks like, with a port or without.
var hostForm = regexp.MustCompile(`^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?$`)

// Address returns the URL of a path of this server as the client reaches it: by the
// host that it has sent the request to. Without a host that can be one, it is the path.
// It is for answers, not to be kept: who calls chooses the host.
func (c *Call) Address(path string) string {
	if !hostForm.MatchString(c.Host) {
		return path
	}
	if c.https {
		return "https://" + c.Host + path
	}
	return "http://" + c.Host + path
}
