import { assert, gone, has, ids, page, section } from "./harness.mjs"

const tarp = {
  title: "Gable Tarp", handle: "gable-tarp", status: "draft", description: "For two", weight: 2400, metadata: { season: 3 },
  options: [{ title: "Color", values: ["green", "sand"] }],
  images: [{ url: "https://example.com/tarp.png" }],
  variants: [
    { title: "Green", sku: "GABLE-GREEN", options: { Color: "green" }, prices: [{ amount: 199.5, currency_code: "eur" }] },
    { title: "Sand", sku: "GABLE-SAND", options: { Color: "sand" }, prices: [{ amount: 205, currency_code: "eur" }, { amount: 230, currency_code: "usd" }], manage_inventory: false },
  ],
}

export async function products({ admin }) {
  await section("products", async (step) => {
    const [tag, channel] = await step("what it belongs to", async () => [
      (await admin.productTag.list({ limit: 1 })).product_tags[0], (await admin.salesChannel.list({ limit: 1 })).sales_channels[0],
    ])
    const product = await step("create", async () => {
      const { product } = await admin.product.create({ ...tarp, tags: [{ id: tag.id }], sales_channels: [{ id: channel.id }] })
      has(product, { title: "Gable Tarp", handle: "gable-tarp", status: "draft", weight: 2400, metadata: { season: 3 } })
      assert.deepEqual(product.variants.map((v) => v.sku).sort(), ["GABLE-GREEN", "GABLE-SAND"])
      assert.deepEqual(product.options[0].values.map((v) => v.value).sort(), ["green", "sand"])
      assert.deepEqual([ids(product.tags), ids(product.sales_channels), product.images[0].url], [[tag.id], [channel.id], "https://example.com/tarp.png"])
      const sand = product.variants.find((v) => v.sku === "GABLE-SAND")
      assert.deepEqual(sand.prices.map((p) => [p.currency_code, p.amount]).sort(), [["eur", 205], ["usd", 230]])
      has(sand, { manage_inventory: false })
      return product
    })
    await step("list and filter", async () => {
      for (const query of [{ handle: "gable-tarp" }, { q: "Gable Tarp" }, { status: ["draft"], tag_id: [tag.id] }, { sales_channel_id: [channel.id], title: "Gable Tarp" }]) {
        assert.deepEqual(ids(page(await admin.product.list(query), "products", { count: 1 })), [product.id], JSON.stringify(query))
      }
    })
    await step("retrieve with nested fields", async () => {
      const answer = await admin.product.retrieve(product.id, { fields: "id,*variants.prices,variants.sku,sales_channels.name" })
      assert.deepEqual(answer.product.sales_channels, [{ name: channel.name }])
      assert.deepEqual(answer.product.variants.map((v) => v.prices[0].currency_code), ["eur", "eur"])
    })
    await step("update", async () => {
      has((await admin.product.update(product.id, { title: "Gable 2", status: "published", tags: [] })).product, { title: "Gable 2", status: "published", tags: [], weight: 2400 })
      has((await admin.product.retrieve(product.id)).product, { title: "Gable 2", tags: [] })
    })
    await variants(step, admin, product)
    await productOptions(step, admin, product)
    await step("delete", async () => gone(await admin.product.delete(product.id), product.id, "product", () => admin.product.retrieve(product.id)))
  })
  await section("products in batches", (step) => batches(step, admin))
  await section("product variants", async (step) => {
    await step("list", async () => {
      const list = page(await admin.productVariant.list({ limit: 5 }), "variants", { count: 51, limit: 5 })
      assert.ok(list.every((v) => v.product.id === v.product_id))
      has(page(await admin.productVariant.list({ sku: "BAG-LONG" }), "variants", { count: 1 })[0], { sku: "BAG-LONG" })
    })
  })
}

async function variants(step, admin, product) {
  const variant = await step("create a variant", async () => {
    const body = { title: "Both", sku: "GABLE-BOTH", options: { Color: "green" }, prices: [{ amount: 250, currency_code: "eur" }] }
    // The combination of options is taken, so the green one goes first.
    const green = product.variants.find((v) => v.sku === "GABLE-GREEN")
    const answer = await admin.product.deleteVariant(product.id, green.id)
    has(answer, { id: green.id, object: "variant", deleted: true })
    assert.equal(answer.parent.id, product.id)
    const created = (await admin.product.createVariant(product.id, body)).product
    assert.deepEqual(created.variants.map((v) => v.sku).sort(), ["GABLE-BOTH", "GABLE-SAND"])
    return created.variants.find((v) => v.sku === "GABLE-BOTH")
  })
  await step("update a variant", async () => {
    has((await admin.product.updateVariant(product.id, variant.id, { title: "All", prices: [{ amount: 240, currency_code: "eur" }] })).product, { id: product.id })
    const answer = (await admin.product.retrieveVariant(product.id, variant.id, { fields: "+prices.amount" })).variant
    has(answer, { title: "All", sku: "GABLE-BOTH", product_id: product.id })
    assert.deepEqual(answer.prices.map((p) => p.amount), [240])
  })
  await step("list variants", async () =>
    assert.deepEqual(page(await admin.product.listVariants(product.id, { order: "sku" }), "variants", { count: 2 }).map((v) => v.sku), ["GABLE-BOTH", "GABLE-SAND"]))
  await step("variants in a batch", async () => {
    const sand = product.variants.find((v) => v.sku === "GABLE-SAND")
    const answer = await admin.product.batchVariants(product.id, {
      update: [{ id: variant.id, title: "Rest" }], delete: [sand.id],
    })
    assert.deepEqual([answer.created, answer.updated.map((v) => v.title)], [[], ["Rest"]])
    has(answer.deleted, { ids: [sand.id], object: "variant", deleted: true })
    const { created } = await admin.product.batchVariants(product.id, {
      create: [{ title: "New", sku: "GABLE-NEW", options: { Color: "sand" }, prices: [{ amount: 1.25, currency_code: "eur" }] }],
    })
    assert.deepEqual(created.map((v) => [v.sku, v.prices[0].amount]), [["GABLE-NEW", 1.25]])
  })
}

async function productOptions(step, admin, product) {
  await step("link options", async () => {
    const { product_option } = await admin.productOption.create({ title: "Poles", values: ["steel", "carbon"] })
    has((await admin.product.linkOptions(product.id, { add: [product_option.id] })).product, { id: product.id })
    const titles = async () => page(await admin.product.listOptions(product.id), "product_options").map((o) => o.title).sort()
    assert.deepEqual(await titles(), ["Color", "Poles"])
    await admin.product.linkOptions(product.id, { remove: [product_option.id] })
    assert.deepEqual(await titles(), ["Color"])
    await admin.productOption.delete(product_option.id)
  })
}

async function batches(step, admin) {
  const [one, two] = await step("create", async () => {
    const { created, updated, deleted } = await admin.product.batch({
      create: ["Mat", "Mug"].map((title) => ({ title, options: [{ title: "Size", values: ["one"] }] })),
    })
    assert.deepEqual([created.map((p) => p.handle), updated, deleted.ids], [["mat", "mug"], [], []])
    return created
  })
  await step("update and delete", async () => {
    const { created, updated, deleted } = await admin.product.batch({ update: [{ id: one.id, title: "Rug" }], delete: [two.id] })
    assert.deepEqual([created, updated.map((p) => p.title)], [[], ["Rug"]])
    await gone({ ...deleted, id: deleted.ids[0] }, two.id, "product", () => admin.product.retrieve(two.id))
  })
  await step("all or nothing", async () => {
    await assert.rejects(admin.product.batch({ create: [{ title: "Lamp", options: [{ title: "Size", values: ["one"] }] }], update: [{ id: "prod_none", title: "x" }] }))
    page(await admin.product.list({ title: "Lamp" }), "products", { count: 0 })
    await admin.product.delete(one.id)
  })
}
