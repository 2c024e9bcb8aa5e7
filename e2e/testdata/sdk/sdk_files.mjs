import { assert, fails, has, section } from "./harness.mjs"

// A picture of one pixel.
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4//8/AAX+Av6nNYGEAAAAAElFTkSuQmCC", "base64")

globalThis.FileList ??= class {} // which browsers have

export async function files(sdk) {
  const { admin } = sdk
  await section("files", async (step) => {
    const [picture, note] = await step("upload a file and a text", async () => {
      const { files } = await admin.upload.create({ files: [new File([pixel], "front.png", { type: "image/png" }), { name: "note.txt", content: "a note" }] })
      assert.equal(files.length, 2)
      assert.deepEqual(Object.keys(files[0]).sort(), ["id", "url"])
      return files
    })
    await step("the picture of a product", async () => {
      const { products } = await admin.product.list({ limit: 1, fields: "id" })
      const { product } = await admin.product.update(products[0].id, { thumbnail: picture.url, images: [{ url: picture.url }] })
      has(product, { thumbnail: picture.url })
      const response = await fetch(product.images[0].url)
      assert.equal(response.headers.get("content-type"), "image/png")
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), pixel)
    })
    await step("a text is downloaded", async () => {
      const response = await fetch(note.url)
      assert.equal(response.headers.get("content-disposition"), "attachment")
      assert.equal(await response.text(), "a note")
    })
    await step("retrieve", async () => assert.deepEqual((await admin.upload.retrieve(picture.id)).file, picture))
    await step("a page is refused", async () => fails(admin.upload.create({ files: [{ name: "a.png", content: "<html>" }] }), 400, /HTML/))
    await step("where to upload", async () => {
      const answer = await admin.upload.presignedUrl({ originalname: "a.csv", mime_type: "text/csv", size: 3 })
      has(answer, { url: "/admin/uploads", originalname: "a.csv", extension: "csv", mime_type: "text/csv", size: 3 })
    })
    await step("delete", async () => {
      has(await admin.upload.delete(picture.id), { id: picture.id, object: "file", deleted: true })
      await fails(admin.upload.retrieve(picture.id), 404, /no file/)
      assert.equal((await fetch(picture.url)).status, 404)
    })
  })
}
