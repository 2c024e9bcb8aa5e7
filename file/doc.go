// Package file keeps what people upload: pictures of products, and other files.
//
//	f, err := file.New("mug.png", "image/png", content, limit) // its type is that of its content
//	stored, err := provider.Create(ctx, f)                     // {ID: "k7…3q.png", URL: "/static/k7…3q.png"}
//
// A Provider says where. Local is a folder of the machine; a service such as S3 is
// another Provider, in Config.Provider, which filetest.Conform tests.
//
// Nothing that a client says of a file is trusted: New finds out its type, the
// provider invents its name, and files that a browser would run as a page are
// refused, or served so that it does not.
package file
