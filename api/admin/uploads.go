package admin

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/model"
)

// What one request may upload: so many files, and so many times the bytes that one
// file may have.
const (
	maxUploads     = 50
	maxUploadSizes = 4
)

// uploaded is a file as answers have it.
var uploaded = body.Object{body.Required("id", body.Text), body.Required("url", body.Text)}

// uploadedAs answers a file, or files, under a key.
func uploadedAs(key string, t body.Type) api.Answer {
	return api.Answer{Body: body.Object{body.Required(key, t)}, Fields: []string{"id", "url"}}
}

// uploads keep files, such as the pictures of products.
func (r *routes) uploads() []api.Route {
	fields := []api.Parameter{api.NoEffect("fields")}
	return []api.Route{
		{
			Method: http.MethodPost, Path: "/admin/uploads", Access: api.Admin, Summary: "Upload files, as multipart/form-data in the field files", Params: fields,
			Files: "files", MaxBody: maxUploadSizes * r.files.MaxSize,
			Answer: uploadedAs("files", body.List(body.Nested(uploaded))), Do: r.upload,
		},
		{
			Method: http.MethodPost, Path: "/admin/uploads/presigned-urls", Access: api.Admin, Summary: "Where a file is uploaded to: POST /admin/uploads",
			Body: presignings.Object(), Answer: api.Answer{Body: presigned}, Do: r.presign,
		},
		{
			Method: http.MethodGet, Path: "/admin/uploads/{id}", Access: api.Admin, Summary: "Read a file's URL", Params: fields,
			Answer: uploadedAs("file", body.Nested(uploaded)),
			Do: func(c *api.Call) error {
				f, err := r.files.Provider.Find(c.Context(), c.Param("id"))
				if err != nil {
					return err
				}
				return c.JSON(map[string]file.Stored{"file": reachable(c, f)})
			},
		},
		{
			Method: http.MethodDelete, Path: "/admin/uploads/{id}", Access: api.Admin, Summary: "Delete a file",
			Answer: api.Answer{Delete: true},
			Do: func(c *api.Call) error {
				if err := r.files.Provider.Delete(c.Context(), c.Param("id")); err != nil {
					return err
				}
				return c.Deleted(c.Param("id"), "file")
			},
		},
	}
}

// upload keeps all files of a request, or none.
func (r *routes) upload(c *api.Call) error {
	kept := []file.Stored{}
	err := c.Files(maxUploads, func(name, media string, content io.Reader) error {
		f, err := file.New(name, media, content, r.files.MaxSize)
		if err != nil {
			return err
		}
		stored, err := r.files.Provider.Create(c.Context(), f)
		if err != nil {
			return err
		}
		kept = append(kept, stored)
		return nil
	})
	if err != nil {
		return errors.Join(err, r.discard(c.Context(), kept))
	}
	for i := range kept {
		kept[i] = reachable(c, kept[i])
	}
	return c.JSON(map[string][]file.Stored{"files": kept})
}

// discard deletes files, though the client may be gone.
func (r *routes) discard(ctx context.Context, files []file.Stored) error {
	var problems []error
	for _, f := range files {
		problems = append(problems, r.files.Provider.Delete(context.WithoutCancel(ctx), f.ID))
	}
	return errors.Join(problems...)
}

// reachable returns a file with a whole URL, if this server has the file.
func reachable(c *api.Call, f file.Stored) file.Stored {
	if strings.HasPrefix(f.URL, "/") {
		f.URL = c.Address(f.URL)
	}
	return f
}

// presigning is a file that a client wants to upload.
type presigning struct {
	OriginalName string `json:"originalname" body:"required"`
	MediaType    string `json:"mime_type" body:"required"`
	Size         int64  `json:"size" body:"required,min=0"`
	Access       string `json:"access" body:"enum=public|private"`
}

var (
	presignings = body.For[presigning]()
	presigned   = body.Object{
		body.Required("url", body.Text), body.Required("filename", body.Text), body.Required("mime_type", body.Text),
		body.Required("size", body.Integer), body.Required("extension", body.Text), body.Required("originalname", body.Text),
	}
)

// presignedFile is the answer to a presigning.
type presignedFile struct {
	URL          string `json:"url"`
	Filename     string `json:"filename"`
	MediaType    string `json:"mime_type"`
	Size         int64  `json:"size"`
	Extension    string `json:"extension"`
	OriginalName string `json:"originalname"`
}

// presign answers the path of uploads, as the original does for files that its own server
// keeps. Clients send a file to a whole URL with PUT, and to a path as a form,
// whose answer has the id.
func (r *routes) presign(c *api.Call) error {
	in, err := api.Decode(c, presignings)
	if err != nil {
		return err
	}
	media, _, err := mime.ParseMediaType(in.MediaType)
	if err != nil {
		return fault.New(fault.InvalidData, "mime_type is %q; want a type such as image/png", fault.Clip(in.MediaType))
	}
	if in.Size > r.files.MaxSize {
		return fault.New(fault.TooLarge, "a file may have at most %d bytes", r.files.MaxSize)
	}
	extension := in.OriginalName[strings.LastIndexByte(in.OriginalName, '.')+1:]
	return c.JSON(presignedFile{"/admin/uploads", model.NewID("file"), media, in.Size, extension, in.OriginalName})
}
