import { assert, fails, gone, has, ids, page, section } from "./harness.mjs"
import { variants } from "./sdk_variants.mjs"

export async function stock(sdk) {
  const { admin } = sdk
  const [newark, lyon] = (await admin.stockLocation.list({ order: "name" })).stock_locations
  await section("inventory items", (step) => demoItems(step, admin, lyon, newark))
  let item
  await section("inventory items", async (step) => (item = await newItem(step, admin, lyon)))
  await section("inventory levels", (step) => levels(step, admin, item, lyon, newark))
  await section("reservations", (step) => reservations(step, admin, item, lyon, newark))
  await section("stock of variants", (step) => variants(step, sdk, item, newark))
  await section("inventory items", (step) =>
    step("delete", async () => gone(await admin.inventoryItem.delete(item.id), item.id, "inventory_item", () => admin.inventoryItem.retrieve(item.id))))
}

const levelAt = (item, location) => item.location_levels.find((l) => l.location_id === location.id)

async function demoItems(step, admin, lyon, newark) {
  await step("one of the demo", async () => {
    const [tent] = page(await admin.inventoryItem.list({ sku: "TNT-MOSS" }), "inventory_items", { count: 1, limit: 20 })
    has(tent, { sku: "TNT-MOSS", title: "Ridgeline Two-Person Tent, Moss", origin_country: "vn", weight: 2150, requires_shipping: true, stocked_quantity: 69 })
    has(levelAt(tent, lyon), { stocked_quantity: 46, incoming_quantity: 0, available_quantity: 46 - tent.reserved_quantity })
    has(levelAt(tent, newark), { stocked_quantity: 23, reserved_quantity: 0, available_quantity: 23 })
  })
  await step("what is at a location", async () => {
    const at = async (location) => page(await admin.inventoryItem.list({ location_levels: { location_id: [location.id] }, fields: "id,sku" }), "inventory_items").length
    assert.equal(await at(lyon), 20)
    assert.ok((await at(newark)) < 20)
  })
  await step("search", async () =>
    assert.deepEqual(page(await admin.inventoryItem.list({ q: "Two-Person", order: "sku", fields: "sku" }), "inventory_items", { count: 2 }).map((i) => i.sku), ["TNT-MOSS", "TNT-SAND"]))
}

async function newItem(step, admin, lyon) {
  const facts = { sku: "LMP-1", title: "Lamp", description: "A lamp", weight: 900, length: 10, height: 20, width: 30, hs_code: "9405", mid_code: "m", material: "Brass", origin_country: "pt", metadata: { a: 1 } }
  const item = await step("create with levels", async () => {
    const { inventory_item } = await admin.inventoryItem.create({ ...facts, location_levels: [{ location_id: lyon.id, stocked_quantity: 10, incoming_quantity: 5 }] })
    has(inventory_item, { ...facts, requires_shipping: true, stocked_quantity: 10, reserved_quantity: 0 })
    has(inventory_item.location_levels[0], { location_id: lyon.id, stocked_quantity: 10, incoming_quantity: 5, available_quantity: 10 })
    return inventory_item
  })
  await step("retrieve", async () => has((await admin.inventoryItem.retrieve(item.id)).inventory_item, item))
  await step("retrieve some fields", async () =>
    assert.deepEqual((await admin.inventoryItem.retrieve(item.id, { fields: "id,sku" })).inventory_item, { id: item.id, sku: "LMP-1" }))
  await step("update", async () => {
    const { inventory_item } = await admin.inventoryItem.update(item.id, { title: "Desk lamp", weight: 950, metadata: { b: 2 } })
    has(inventory_item, { ...facts, title: "Desk lamp", weight: 950, metadata: { a: 1, b: 2 }, stocked_quantity: 10 })
  })
  await step("an SKU twice", () => fails(admin.inventoryItem.create({ sku: "LMP-1" }), 400, /LMP-1/))
  await step("a level nowhere", () => fails(admin.inventoryItem.create({ sku: "LMP-2", location_levels: [{ location_id: "sloc_none" }] }), 404, /sloc_none/))
  await step("that one was not created", async () => page(await admin.inventoryItem.list({ sku: ["LMP-1", "LMP-2"] }), "inventory_items", { count: 1 }))
  return item
}

async function levels(step, { inventoryItem }, item, lyon, newark) {
  const list = async (count) => page(await inventoryItem.listLevels(item.id, { order: "stocked_quantity" }), "inventory_levels", { count, limit: 50 })
  await step("list", async () => has((await list(1))[0], { inventory_item_id: item.id, location_id: lyon.id, stocked_quantity: 10, incoming_quantity: 5 }))
  await step("update", async () => {
    const { inventory_item } = await inventoryItem.updateLevel(item.id, lyon.id, { stocked_quantity: 12 })
    has(inventory_item, { id: item.id, stocked_quantity: 12 })
    has(levelAt(inventory_item, lyon), { stocked_quantity: 12, incoming_quantity: 5, available_quantity: 12 })
  })
  await step("less than nothing", () => fails(inventoryItem.updateLevel(item.id, lyon.id, { stocked_quantity: -1 }), 400, /stocked_quantity/))
  await step("no level there", () => fails(inventoryItem.updateLevel(item.id, newark.id, { stocked_quantity: 1 }), 404, /no level/))
  const fresh = await step("batch", async () => {
    const answer = await inventoryItem.batchInventoryItemLocationLevels(item.id, {
      create: [{ location_id: newark.id, stocked_quantity: 3 }], update: [{ location_id: lyon.id, incoming_quantity: 0 }], delete: [],
    })
    has(answer.created[0], { inventory_item_id: item.id, location_id: newark.id, stocked_quantity: 3, available_quantity: 3 })
    has(answer.updated[0], { location_id: lyon.id, stocked_quantity: 12, incoming_quantity: 0 })
    assert.deepEqual(answer.deleted, [])
    assert.deepEqual((await list(2)).map((l) => l.stocked_quantity), [3, 12])
    return answer.created[0]
  })
  await step("a level twice", () => fails(inventoryItem.batchInventoryItemLocationLevels(item.id, { create: [{ location_id: newark.id }] }), 400, /location/))
  await step("delete what is in stock", () => fails(inventoryItem.deleteLevel(item.id, newark.id), 400, /3 stocked/))
  await step("force it in a batch", async () => {
    const answer = await inventoryItem.batchInventoryItemLocationLevels(item.id, { delete: [fresh.id], force: true })
    assert.deepEqual(answer, { created: [], updated: [], deleted: [fresh.id] })
    await list(1)
  })
  await step("batch of any items", async () => {
    const answer = await inventoryItem.batchInventoryItemsLocationLevels({ create: [{ inventory_item_id: item.id, location_id: newark.id, stocked_quantity: 0 }] })
    has(answer.created[0], { inventory_item_id: item.id, location_id: newark.id, stocked_quantity: 0 })
  })
  await step("delete", async () => {
    has(await inventoryItem.deleteLevel(item.id, newark.id), { object: "inventory-level", deleted: true })
    has((await list(1))[0], { location_id: lyon.id, stocked_quantity: 12 })
  })
}

async function reservations(step, { reservation, inventoryItem }, item, lyon, newark) {
  const holds = async (reserved) => {
    const { inventory_item } = await inventoryItem.retrieve(item.id)
    has(inventory_item, { stocked_quantity: 12, reserved_quantity: reserved })
    has(levelAt(inventory_item, lyon), { reserved_quantity: reserved, available_quantity: 12 - reserved })
  }
  const facts = { inventory_item_id: item.id, location_id: lyon.id, quantity: 4, description: "For the fair", metadata: { a: 1 } }
  const made = await step("create", async () => {
    const answer = (await reservation.create(facts)).reservation
    has(answer, { ...facts, line_item_id: null })
    has(answer.inventory_item, { id: item.id, sku: "LMP-1" })
    await holds(4)
    return answer
  })
  await step("retrieve", async () => has((await reservation.retrieve(made.id, { fields: "id,quantity,inventory_item.sku" })).reservation, { id: made.id, quantity: 4 }))
  await step("more than there is", async () => {
    await fails(reservation.create({ ...facts, quantity: 9 }), 400, /9 .*8 are available/)
    await fails(reservation.update(made.id, { quantity: 13 }), 400, /8 are available/)
    await holds(4)
  })
  await step("where there is none", () => fails(reservation.create({ ...facts, location_id: newark.id }), 404, /no inventory level/))
  await step("update", async () => {
    has((await reservation.update(made.id, { quantity: 7, description: "For two fairs" })).reservation, { id: made.id, quantity: 7, description: "For two fairs", metadata: { a: 1 } })
    await holds(7)
  })
  await step("stock less than is reserved", () => fails(inventoryItem.updateLevel(item.id, lyon.id, { stocked_quantity: 6 }), 400, /7 .*reserved/))
  await step("list", async () => {
    assert.deepEqual(ids(page(await reservation.list({ inventory_item_id: [item.id] }), "reservations", { count: 1, limit: 20 })), [made.id])
    assert.deepEqual(ids(page(await reservation.list({ location_id: [lyon.id], q: "two fairs" }), "reservations", { count: 1 })), [made.id])
    page(await reservation.list({ inventory_item_id: [item.id], location_id: [newark.id] }), "reservations", { count: 0 })
  })
  await step("delete", async () => {
    await gone(await reservation.delete(made.id), made.id, "reservation", () => reservation.retrieve(made.id))
    await holds(0)
  })
}
