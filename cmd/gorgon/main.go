// Command gorgon is the shop with its built-in modules and links alone.
package main

import "github.com/gorgon-commerce/gorgon"

func main() {
	gorgon.New(gorgon.Config{}).Main()
}
