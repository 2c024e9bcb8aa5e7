import { assert, fails, gone, has, ids, keeps, page, section } from "./harness.mjs"

export async function delivery({ admin }) {
  let location, profile, set, zone
  await section("stock locations", async (step) => {
    location = await keeps(step, admin.stockLocation, {
      one: "stock_location", many: "stock_locations", create: { name: "Quay 3", metadata: { a: 1 } }, update: { name: "Quay 4" }, filter: { name: "Quay 3" },
    })
    await step("sales channels", () => locationChannels(admin, location))
  })
  await section("fulfillment providers", (step) => providers(step, admin, location))
  await section("shipping profiles", async (step) => {
    profile = await keeps(step, admin.shippingProfile, {
      one: "shipping_profile", many: "shipping_profiles", create: { name: "Letters", type: "letter", metadata: { a: 1 } }, update: { name: "Post" }, filter: { name: "Letters" },
    })
  })
  await section("fulfillment sets", async (step) => ({ set, zone } = await zones(step, admin, location)))
  await section("shipping options", (step) => options(step, admin, { zone, profile, location }))
  await section("fulfillment sets", (step) => removal(step, admin, { set, zone, location }))
  await section("shipping profiles", () => profile.remove())
  await section("stock locations", () => location.remove())
}

async function locationChannels(admin, { id }) {
  const [channel] = (await admin.salesChannel.list({ name: "Showroom" })).sales_channels
  const members = async () => (await admin.stockLocation.retrieve(id, { fields: "sales_channels.name" })).stock_location.sales_channels.map((c) => c.name)
  has((await admin.stockLocation.updateSalesChannels(id, { add: [channel.id] })).stock_location, { id })
  assert.deepEqual(await members(), ["Showroom"])
  assert.ok(ids((await admin.stockLocation.list({ sales_channel_id: [channel.id] })).stock_locations).includes(id))
  await admin.stockLocation.updateSalesChannels(id, { remove: [channel.id] })
  assert.deepEqual(await members(), [])
}

async function providers(step, { fulfillmentProvider, stockLocation }, location) {
  const at = async (count) => page(await fulfillmentProvider.list({ stock_location_id: [location.id] }), "fulfillment_providers", { count })
  await step("list", async () =>
    assert.ok(page(await fulfillmentProvider.list({ is_enabled: true }), "fulfillment_providers").some((p) => p.id === "manual_manual" && p.is_enabled)))
  await step("ways of shipping", async () => {
    const answer = await fulfillmentProvider.listFulfillmentOptions("manual_manual")
    assert.deepEqual(answer.fulfillment_options.map((o) => [o.id, o.is_return ?? false]), [["manual-fulfillment", false], ["manual-fulfillment-return", true]])
    await fails(fulfillmentProvider.listFulfillmentOptions("none"), 404, /none/)
  })
  await step("at a location", async () => {
    await at(0)
    has((await stockLocation.updateFulfillmentProviders(location.id, { add: ["manual_manual"] })).stock_location, { id: location.id })
    assert.deepEqual(ids(await at(1)), ["manual_manual"])
  })
}

async function zones(step, { stockLocation, fulfillmentSet }, location) {
  const set = await step("create", async () => {
    const fields = "id,*fulfillment_sets"
    const { stock_location } = await stockLocation.createFulfillmentSet(location.id, { name: "Overseas", type: "shipping" })
    has(stock_location, { id: location.id })
    const { fulfillment_sets } = (await stockLocation.retrieve(location.id, { fields })).stock_location
    has(fulfillment_sets[0], { name: "Overseas", type: "shipping" })
    return fulfillment_sets[0]
  })
  const zone = await step("create a service zone", async () => {
    const { fulfillment_set } = await fulfillmentSet.createServiceZone(set.id, {
      name: "Islands", geo_zones: [{ type: "country", country_code: "is" }, { type: "province", country_code: "us", province_code: "us-hi" }],
    })
    has(fulfillment_set, { id: set.id, name: "Overseas" })
    has(fulfillment_set.service_zones[0], { name: "Islands", fulfillment_set_id: set.id })
    assert.deepEqual(codes(fulfillment_set.service_zones[0]), ["is", "us"])
    return fulfillment_set.service_zones[0]
  })
  await step("retrieve a service zone", async () => {
    const { service_zone } = await fulfillmentSet.retrieveServiceZone(set.id, zone.id)
    has(service_zone, { id: zone.id, name: "Islands" })
    has(service_zone.geo_zones.find((g) => g.type === "province"), { country_code: "us", province_code: "us-hi" })
  })
  await step("update a service zone", async () => {
    const kept = zone.geo_zones.find((g) => g.country_code === "is")
    const { fulfillment_set } = await fulfillmentSet.updateServiceZone(set.id, zone.id, {
      name: "North", geo_zones: [{ id: kept.id, type: "country", country_code: "is" }, { type: "country", country_code: "gl" }],
    })
    has(fulfillment_set.service_zones[0], { id: zone.id, name: "North" })
    assert.deepEqual(codes(fulfillment_set.service_zones[0]), ["gl", "is"])
    assert.ok(ids(fulfillment_set.service_zones[0].geo_zones).includes(kept.id))
  })
  await step("a country that is none", () =>
    fails(fulfillmentSet.createServiceZone(set.id, { name: "Moon", geo_zones: [{ type: "country", country_code: "xx" }] }), 400, /xx/))
  await step("a name that is taken", () => fails(fulfillmentSet.createServiceZone(set.id, { name: "North", geo_zones: [] }), 400, /North/))
  return { set, zone }
}

const codes = (zone) => zone.geo_zones.map((g) => g.country_code).sort()

async function options(step, { shippingOption }, { zone, profile, location }) {
  const facts = { name: "Boat", service_zone_id: zone.id, shipping_profile_id: profile.id, provider_id: "manual_manual", price_type: "flat", data: { id: "manual-fulfillment" } }
  const type = { label: "By sea", code: "sea", description: "In six weeks" }
  const rule = { attribute: "enabled_in_store", operator: "eq", value: "true" }
  const prices = [{ currency_code: "eur", amount: 30 }, { currency_code: "eur", amount: 0, rules: [{ attribute: "item_total", operator: "gte", value: 500 }] }]
  const amounts = (option) => option.prices.map((p) => [p.currency_code, p.amount, p.price_rules.map((r) => `${r.attribute} ${r.operator} ${r.value}`).join()]).sort((a, b) => a[1] - b[1])
  const retrieve = async (id) => (await shippingOption.retrieve(id)).shipping_option
  const { id } = await step("create", async () => {
    const { shipping_option } = await shippingOption.create({ ...facts, type, prices, rules: [rule] })
    has(shipping_option, { name: "Boat", price_type: "flat", provider_id: "manual_manual", data: { id: "manual-fulfillment" } })
    has(shipping_option.type, type)
    has(shipping_option.service_zone, { id: zone.id, name: "North" })
    has(shipping_option.shipping_profile, { id: profile.id })
    has(shipping_option.rules[0], rule)
    assert.deepEqual(amounts(shipping_option), [["eur", 0, "item_total gte 500"], ["eur", 30, ""]])
    return shipping_option
  })
  await step("retrieve", async () => has(await retrieve(id), { id, name: "Boat" }))
  await step("update", async () => {
    const { shipping_option } = await shippingOption.update(id, { name: "Ship", prices: [{ currency_code: "usd", amount: 35.5 }] })
    has(shipping_option, { id, name: "Ship", price_type: "flat" })
    assert.deepEqual(amounts(shipping_option), [["usd", 35.5, ""]])
    assert.deepEqual(amounts(await retrieve(id)), [["usd", 35.5, ""]])
  })
  await step("update the rules", async () => {
    const [old] = (await retrieve(id)).rules
    const answer = await shippingOption.updateRules(id, {
      create: [{ attribute: "is_return", operator: "eq", value: "true" }], update: [{ id: old.id, ...rule, value: "false" }], delete: [],
    })
    has(answer.created[0], { attribute: "is_return", value: "true" })
    has(answer.updated[0], { id: old.id, value: "false" })
    assert.deepEqual((await retrieve(id)).rules.map((r) => `${r.attribute} ${r.value}`).sort(), ["enabled_in_store false", "is_return true"])
    await shippingOption.updateRules(id, { delete: ids(answer.created) })
    assert.deepEqual(ids((await retrieve(id)).rules), [old.id])
  })
  await step("list", async () => {
    const found = async (query) => ids(page(await shippingOption.list(query), "shipping_options"))
    assert.deepEqual(await found({ stock_location_id: location.id }), [id])
    assert.deepEqual(await found({ service_zone_id: [zone.id], admin_only: true }), [id])
    assert.deepEqual(await found({ shipping_profile_id: profile.id, is_return: true }), [])
    page(await shippingOption.list({ is_return: true }), "shipping_options", { count: 2, limit: 20 })
  })
  await step("a provider that is not there", () => fails(shippingOption.create({ ...facts, type, prices, provider_id: "none" }), 404, /none/))
  await step("delete", async () => gone(await shippingOption.delete(id), id, "shipping_option", () => shippingOption.retrieve(id)))
}

async function removal(step, { fulfillmentSet, stockLocation }, { set, zone, location }) {
  await step("delete a service zone", async () => {
    const answer = await fulfillmentSet.deleteServiceZone(set.id, zone.id)
    assert.deepEqual(answer.parent.service_zones, [])
    await gone(answer, zone.id, "service_zone", () => fulfillmentSet.retrieveServiceZone(set.id, zone.id))
  })
  await step("delete", async () => {
    has(await fulfillmentSet.delete(set.id), { id: set.id, object: "fulfillment_set", deleted: true })
    assert.deepEqual((await stockLocation.retrieve(location.id, { fields: "id,*fulfillment_sets" })).stock_location.fulfillment_sets, [])
  })
  await step("no provider at the location", async () => {
    await stockLocation.updateFulfillmentProviders(location.id, { remove: ["manual_manual"] })
    assert.deepEqual((await stockLocation.retrieve(location.id, { fields: "id,*fulfillment_providers" })).stock_location.fulfillment_providers, [])
  })
}
