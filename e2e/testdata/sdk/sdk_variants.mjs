import { assert, client, fails, has, ids } from "./harness.mjs"

// variants looks at what can be sold of variants, by what they consist of.
export async function variants(step, sdk, item, newark) {
  const { product, inventoryItem } = sdk.admin
  const fields = "id,*variants,+variants.inventory_quantity,*variants.inventory_items"
  const [lantern] = (await product.list({ q: "Beacon", fields })).products
  const [variant] = lantern.variants
  const key = { variant_id: variant.id, inventory_item_id: item.id }
  const batch = (body) => product.batchVariantInventoryItems(lantern.id, body)
  const link = [{ product: { variant_id: variant.id }, inventory: { inventory_item_id: item.id } }]
  const quantity = async () => (await product.retrieve(lantern.id, { fields })).product.variants.find((v) => v.id === variant.id).inventory_quantity
  await step("what its item has", async () => {
    const [part] = variant.inventory_items
    const { inventory_item } = await inventoryItem.retrieve(part.inventory_item_id)
    has(part, { variant_id: variant.id, required_quantity: 1 })
    assert.equal(variant.inventory_quantity, inventory_item.stocked_quantity - inventory_item.reserved_quantity)
    assert.ok(variant.inventory_quantity > 12, "the lamp would not be what there is least of")
  })
  await step("a set of two pairs", async () => {
    const { variants } = (await product.list({ q: "Enamel", fields })).products[0]
    const [pair, four] = ["PLT-2PLATES", "PLT-4PLATES"].map((sku) => variants.find((v) => v.sku === sku))
    has(four.inventory_items[0], { inventory_item_id: pair.inventory_items[0].inventory_item_id, required_quantity: 2 })
    assert.equal(four.inventory_quantity, Math.floor(pair.inventory_quantity / 2))
  })
  await step("consist of one more item", async () => {
    assert.deepEqual(await batch({ create: [{ ...key, required_quantity: 2 }] }), { created: link, updated: [], deleted: [] })
    assert.equal(await quantity(), 6)
  })
  await step("of more of it", async () => {
    assert.deepEqual(await batch({ update: [{ ...key, required_quantity: 5 }] }), { created: [], updated: link, deleted: [] })
    assert.equal(await quantity(), 2)
  })
  await step("in the store", () => inStore(sdk, lantern, variant, item, newark))
  await step("of none", () => fails(batch({ update: [{ ...key, required_quantity: 0 }] }), 400, /required_quantity/))
  await step("an item that a variant does not have", () => fails(batch({ delete: [{ ...key, inventory_item_id: "iitem_none" }] }), 404, /iitem_none/))
  await step("as before", async () => {
    assert.deepEqual(await batch({ delete: [key] }), { created: [], updated: [], deleted: link })
    assert.equal(await quantity(), variant.inventory_quantity)
  })
}

// inStore expects that a storefront sees the stock of the locations of its channel.
async function inStore({ admin }, product, variant, item, newark) {
  const see = async (name) => {
    const { sales_channels } = await admin.salesChannel.list({ name })
    const { api_key } = await admin.apiKey.create({ title: "Stock", type: "publishable" })
    await admin.apiKey.batchSalesChannels(api_key.id, { add: ids(sales_channels) })
    const store = client({ publishableKey: api_key.token }).store
    const seen = await store.product.retrieve(product.id, { fields: "id,*variants,+variants.inventory_quantity" })
    await admin.apiKey.revoke(api_key.id)
    await admin.apiKey.delete(api_key.id)
    return seen.product.variants.find((v) => v.id === variant.id).inventory_quantity
  }
  assert.equal(await see("Web store"), 2)
  const { created } = await admin.inventoryItem.batchInventoryItemLocationLevels(item.id, { create: [{ location_id: newark.id, stocked_quantity: 8 }] })
  assert.equal(await see("Web store"), 4)
  await admin.inventoryItem.batchInventoryItemLocationLevels(item.id, { delete: ids(created), force: true })
}
