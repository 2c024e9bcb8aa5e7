import { assert, fails, has, keeps, page, section } from "./harness.mjs"

export async function prices({ admin }) {
  let list, variant, product
  await section("price lists", async (step) => {
    list = await keeps(step, admin.priceList, {
      one: "price_list", many: "price_lists", create: { title: "Autumn", description: "Leaves", status: "draft", type: "sale", rules: { "customer.groups.id": ["cusgroup_none"] } },
      update: { title: "Fall", status: "active", rules: {} }, filter: { q: "Autumn" },
    })
    await step("prices", async () => {
      ;[product] = page(await admin.product.list({ handle: "ember-camp-stove", fields: "id,variants.id" }), "products", { count: 1 })
      variant = product.variants[0].id
      const { created } = await admin.priceList.batchPrices(list.id, { create: [
        { variant_id: variant, currency_code: "eur", amount: 50, max_quantity: 9, rules: {} }, { variant_id: variant, currency_code: "eur", amount: 45, min_quantity: 10 }] })
      has(created[0], { variant_id: variant, currency_code: "eur", amount: 50, max_quantity: 9, rules: {} })
      const { updated, deleted } = await admin.priceList.batchPrices(list.id, { update: [{ id: created[0].id, variant_id: variant, amount: 51 }], delete: [created[1].id] })
      has(updated[0], { id: created[0].id, amount: 51, max_quantity: 9 })
      has(deleted, { ids: [created[1].id], object: "price", deleted: true })
      has(page(await admin.priceList.prices(list.id), "prices", { count: 1 })[0], { id: created[0].id, variant_id: variant })
    })
    await step("products of the list", async () => {
      assert.deepEqual(page(await admin.product.list({ price_list_id: [list.id], fields: "id" }), "products", { count: 1 }).map((p) => p.id), [product.id])
    })
    await step("tiers that overlap", () => fails(admin.priceList.batchPrices(list.id, { create: [{ variant_id: variant, currency_code: "eur", amount: 1, min_quantity: 9 }] }), 400, /overlap/))
    await step("products out", async () => {
      has((await admin.priceList.linkProducts(list.id, { remove: [product.id] })).price_list, { id: list.id, title: "Fall" })
      page(await admin.priceList.prices(list.id), "prices", { count: 0 })
    })
    await list.remove()
    await step("those of the demo", async () => {
      assert.deepEqual(page(await admin.priceList.list({ order: "title" }), "price_lists", { count: 2 }).map((l) => [l.title, l.type]), [["Members", "override"], ["Summer sale", "sale"]])
    })
  })
  await section("price preferences", async (step) => {
    const preference = await keeps(step, admin.pricePreference, {
      one: "price_preference", many: "price_preferences", create: { attribute: "currency_code", value: "sek", is_tax_inclusive: true }, update: { is_tax_inclusive: false },
      filter: { value: "sek" },
    })
    await step("an unknown currency", () => fails(admin.pricePreference.create({ attribute: "currency_code", value: "xxx", is_tax_inclusive: true }), 400, /xxx/))
    await preference.remove()
  })
}
