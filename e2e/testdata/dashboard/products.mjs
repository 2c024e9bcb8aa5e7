// The pages of products, their variants and categories.
import assert from "node:assert/strict"
import { api, open, page, step } from "./browser.mjs"
import { cell, check, chips, combobox, dialog, fill, id, next, pick, reads, save, saved } from "./forms.mjs"

// picture is a PNG of one pixel.
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")

export async function products() {
  await step("create a product with variants", async () => {
    await open("/products/create")
    await fill({ title: "Hammock", subtitle: "For two", handle: "hammock", description: "Hangs between trees" })
    await dialog().locator("[role=switch]").first().click()
    await dialog().locator("input[role=combobox]").first().fill("Width")
    await page.locator("[role=option]", { hasText: "Width" }).last().dispatchEvent("click")
    await dialog().locator("h1, h2").first().click()
    await chips("Width", ["Narrow", "Wide"])
    await next()
    await next()
    await cell(0, 2, "HAM-N")
    await cell(1, 2, "HAM-W")
    await save("Publish")
    await reads("/admin/products?handle=hammock", "products", { title: "Hammock", subtitle: "For two", status: "published", "variants.0.sku": "HAM-N", "variants.1.sku": "HAM-W", "options.0.title": "Width" })
  })
  const hammock = async () => id("/admin/products?handle=hammock", "products")
  const change = (what, form, values, want = values, more) => step(`change ${what} of a product`, async () => {
    const product = await hammock()
    await saved(`/products/${product}/${form}`, values, `/admin/products/${product}?fields=*categories,*tags,+type.value,*sales_channels,*shipping_profile,*variants.prices`, "product", want, more)
  })
  await change("the general part", "edit", { title: "Hammock, double", material: "Cotton" })
  await change("attributes", "attributes", { weight: 1200, height: 20, hs_code: "6306" }, { weight: 1200, height: 20, hs_code: "6306" })
  await change("the organization", "organization", {}, { "tags.0.value": "Camping", "type.value": "Kettle" }, async () => {
    await pick("Type", "Kettle")
    await pick("Tags", "Camping")
    await dialog().locator("h1, h2").first().click()
  })
  await change("the shipping profile", "shipping-profile", {}, { "shipping_profile.name": "Heavy things" }, () => pick("Shipping profile", "Heavy things"))
  await change("sales channels", "sales-channels", {}, {}, () => check("Market hall"))
  await change("prices", "prices", {}, { "variants.0.prices.0.amount": 49 }, async () => { await cell(0, 1, "49"); await cell(1, 1, "59") })
  await step("add a variant to a product", async () => {
    const product = await hammock()
    const wide = await id("/admin/product-variants?sku=HAM-W", "variants")
    await api(`/admin/products/${product}/variants/${wide}`, "DELETE") // of an option with two values, each has one variant
    await open(`/products/${product}/variants/create`)
    await fill({ title: "Very wide", sku: "HAM-V" })
    await combobox("Width").click()
    await page.locator("[role=option]:visible", { hasText: "Wide" }).click()
    await next()
    await cell(0, 1, "69")
    await save()
    await reads(`/admin/product-variants?sku=HAM-V`, "variants", { title: "Very wide" })
  })
  await step("change a variant", async () => {
    const [product, variant] = [await hammock(), await id("/admin/product-variants?sku=HAM-N", "variants")]
    await saved(`/products/${product}/variants/${variant}/edit`, { title: "Slim", ean: "4006381333931" }, `/admin/products/${product}/variants/${variant}`, "variant", { title: "Slim" })
  })
  await step("change the prices of a variant", async () => {
    const [product, variant] = [await hammock(), await id("/admin/product-variants?sku=HAM-N", "variants")]
    await open(`/products/${product}/variants/${variant}/prices`)
    await cell(0, 1, "44")
    await save()
    await reads(`/admin/products/${product}/variants/${variant}?fields=*prices`, "variant", { "prices.0.amount": 44 })
  })
  await step("change the stock of a product", async () => {
    const product = await id("/admin/products?variants[manage_inventory]=true&order=created_at", "products")
    await open(`/products/${product}/stock`)
    await cell(0, 2, "77")
    await next("Save")
    await page.waitForURL((url) => !url.pathname.endsWith("/stock"))
  })
  await step("create a category", () => saved("/categories/create", { name: "Rest", handle: "rest", description: "To lie down" }, "/admin/product-categories?handle=rest", "product_categories", { name: "Rest", description: "To lie down" }, () => next()))
  await step("change a category", async () => {
    const category = await id("/admin/product-categories?handle=rest", "product_categories")
    await saved(`/categories/${category}/edit`, { name: "Rest and sleep" }, `/admin/product-categories/${category}`, "product_category")
  })
  await step("add products to a category", async () => {
    const category = await id("/admin/product-categories?handle=rest", "product_categories")
    await open(`/categories/${category}/products`)
    await check("Hammock")
    await save()
    await reads(`/admin/product-categories/${category}?fields=*products`, "product_category", { "products.0.handle": "hammock" })
  })
  await step("add products to a collection", async () => {
    const collection = await id("/admin/collections?handle=spring&handle=summer-27", "collections")
    await open(`/collections/${collection}/products`)
    await check("Hammock")
    await save()
    await reads(`/admin/products?handle=hammock`, "products", { collection_id: collection })
  })
  await step("create a product option", async () => {
    await open("/product-options/create")
    await fill({ title: "Shade" })
    await chips("Values", ["Light", "Dark"])
    await save()
    await reads("/admin/product-options?title=Shade", "product_options", { "values.0.value": "Light" })
  })
  await step("add a picture to a product", async () => {
    const product = await hammock()
    await open(`/products/${product}/media?view=edit`)
    await dialog().locator("input[type=file]").first().setInputFiles({ name: "../../hammock.png", mimeType: "image/png", buffer: picture })
    await save()
    const { images } = (await api(`/admin/products/${product}?fields=*images`)).product
    assert.equal(images.length, 1)
    const bytes = await page.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], images[0].url)
    assert.deepEqual(Buffer.from(bytes), picture)
    await open(`/products/${product}`)
    await page.waitForFunction((url) => [...document.images].some((i) => i.src === url && i.naturalWidth === 1), images[0].url)
  })
  await step("move a category by drag and drop", async () => {
    const tree = async () => (await api("/admin/product-categories?order=id&fields=id,parent_category_id,rank")).product_categories
    const before = await tree()
    await open("/categories/organize")
    const handles = page.locator("[role=dialog] li button[type=button]:first-of-type")
    const [from, to] = [await handles.nth(0).boundingBox(), await handles.nth(1).boundingBox()]
    await page.mouse.move(from.x + 5, from.y + 5)
    await page.mouse.down()
    for (let i = 1; i <= 10; i++) await page.mouse.move(from.x + 5, from.y + 5 + (to.y + 12 - from.y) * i / 10)
    await page.mouse.up()
    await page.waitForLoadState("networkidle")
    const after = await tree()
    assert.deepEqual(after.map((c) => c.id), before.map((c) => c.id))
    assert.notDeepEqual(after, before)
  })
}
