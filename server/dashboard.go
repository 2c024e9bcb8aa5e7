package server

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/web"
)

// dashboardRoutes returns the routes of a built dashboard, of which there are none
// without a folder. Config.Check has looked at it.
func dashboardRoutes(folder string) []api.Route {
	if folder == "" {
		return nil
	}
	d, err := web.NewDashboard(folder)
	if err != nil {
		panic("gorgon: " + err.Error())
	}
	send := func(c *api.Call) error { return d.Send(c.Writer(), c.Request, c.Param("*")) }
	return []api.Route{
		{Method: http.MethodGet, Path: web.DashboardBase, Do: send},
		{Method: http.MethodGet, Path: web.DashboardBase + "/*", Do: send},
	}
}

// checkDashboard returns an invalid_data error unless a folder, if there is one, has a
// built dashboard.
func checkDashboard(folder string) error {
	if folder == "" {
		return nil
	}
	_, err := web.NewDashboard(folder)
	return err
}
