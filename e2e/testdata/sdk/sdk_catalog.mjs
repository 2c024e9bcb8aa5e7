import { assert, gone, has, ids, keeps, page, section } from "./harness.mjs"

export async function catalog({ admin }) {
  const { products } = await admin.product.list({ fields: "id", limit: 2, order: "id" })
  const two = ids(products)

  await section("collections", async (step) => {
    const collection = await keeps(step, admin.productCollection, {
      one: "collection", many: "collections", create: { title: "Winter 26", handle: "winter-26", metadata: { a: "b" } }, update: { title: "Winter" }, filter: { handle: "winter-26" },
    })
    await step("products", async () => {
      has((await admin.productCollection.updateProducts(collection.id, { add: two })).collection, { id: collection.id })
      assert.deepEqual(ids(page(await admin.product.list({ collection_id: [collection.id], order: "id" }), "products", { count: 2 })), two)
      await admin.productCollection.updateProducts(collection.id, { remove: [two[0]] })
      assert.deepEqual(ids(page(await admin.product.list({ collection_id: collection.id }), "products", { count: 1 })), [two[1]])
    })
    await collection.remove()
  })
  await section("categories", async (step) => {
    const category = await keeps(step, admin.productCategory, {
      one: "product_category", many: "product_categories",
      create: { name: "Stoves", handle: "stoves", description: "To cook with", is_active: true, is_internal: false },
      update: { name: "Stoves & Pots", is_active: false }, filter: { handle: "stoves" },
    })
    const child = await step("a child", async () => {
      const { product_category } = await admin.productCategory.create({ name: "Gas", parent_category_id: category.id })
      has(product_category.parent_category, { id: category.id })
      const parent = (await admin.productCategory.retrieve(category.id, { fields: "id,*category_children", include_descendants_tree: true })).product_category
      assert.deepEqual(ids(parent.category_children), [product_category.id])
      return product_category
    })
    await step("products", async () => {
      has((await admin.productCategory.updateProducts(category.id, { add: two })).product_category, { id: category.id })
      page(await admin.product.list({ category_id: [category.id] }), "products", { count: 2 })
      await admin.productCategory.updateProducts(category.id, { remove: two })
      page(await admin.product.list({ category_id: [category.id] }), "products", { count: 0 })
    })
    await step("delete the child", async () =>
      gone(await admin.productCategory.delete(child.id), child.id, "product_category", () => admin.productCategory.retrieve(child.id)))
    await category.remove()
  })
  for (const [title, resource, one, many] of [["tags", admin.productTag, "product_tag", "product_tags"], ["types", admin.productType, "product_type", "product_types"]]) {
    await section(title, async (step) => {
      const record = await keeps(step, resource, {
        one, many, create: { value: "Windproof", metadata: { a: [1, 2] } }, update: { value: "Storm proof" }, filter: { value: "Windproof" },
      })
      await step("search", async () => assert.deepEqual(ids(page(await resource.list({ q: "storm" }), many)), [record.id]))
      await record.remove()
    })
  }
  await section("options", options(admin))
}

const options = (admin) => async (step) => {
  const option = await step("create", async () => {
    const { product_option } = await admin.productOption.create({ title: "Loft", values: ["high", "low"] })
    has(product_option, { title: "Loft", is_exclusive: false })
    assert.deepEqual(product_option.values.map((v) => v.value).sort(), ["high", "low"])
    return product_option
  })
  await step("list", async () => assert.deepEqual(ids(page(await admin.productOption.list({ title: "Loft" }), "product_options", { count: 1 })), [option.id]))
  await step("update", async () => {
    const { product_option } = await admin.productOption.update(option.id, { title: "Fill", values: ["high", "low", "medium"] })
    has(product_option, { title: "Fill" })
    assert.deepEqual(product_option.values.map((v) => v.value).sort(), ["high", "low", "medium"])
  })
  await step("retrieve", async () => has((await admin.productOption.retrieve(option.id)).product_option, { id: option.id, title: "Fill" }))
  const value = await step("list values", async () =>
    page(await admin.productOption.listValues(option.id), "product_option_values", { count: 3 }).find((v) => v.value === "medium"))
  await step("update a value", async () => {
    has((await admin.productOption.updateValue(option.id, value.id, { value: "middle" })).product_option_value, { id: value.id, value: "middle" })
    has((await admin.productOption.retrieveValue(option.id, value.id)).product_option_value, { value: "middle" })
  })
  await step("delete a value", async () =>
    gone(await admin.productOption.deleteValue(option.id, value.id), value.id, "product_option_value", () => admin.productOption.retrieveValue(option.id, value.id)))
  await step("delete", async () =>
    gone(await admin.productOption.delete(option.id), option.id, "product_option", () => admin.productOption.retrieve(option.id)))
}
