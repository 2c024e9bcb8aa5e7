import { assert, credentials, fails, gone, has, ids, keeps, page, section } from "./harness.mjs"

export async function taxes(sdk) {
  const { admin } = sdk
  let country, state
  await section("tax regions", async (step) => {
    await step("those of the demo", async () => {
      const list = page(await admin.taxRegion.list({ parent_id: "null", order: "country_code" }), "tax_regions", { count: 7, limit: 20 })
      const us = list.find((r) => r.country_code === "us")
      has(us, { provider_id: "tp_system", province_code: null, parent: null })
      has(us.tax_rates[0], { code: "US-STATE", rate: 6.5, is_default: true, rules: [] })
      assert.ok(us.children.some((c) => c.province_code === "us-ny" && c.tax_rates.length === 2))
    })
    country = await step("create with a default rate", async () => {
      const { tax_region } = await admin.taxRegion.create({
        country_code: "ch", metadata: { a: 1 }, default_tax_rate: { rate: 8.1, code: "ch-std", name: "MWST" },
      })
      const { users } = await admin.user.list({ email: credentials.email })
      has(tax_region, { country_code: "ch", provider_id: "tp_system", metadata: { a: 1 }, created_by: users[0].id, children: [] })
      has(tax_region.tax_rates[0], { rate: 8.1, code: "ch-std", name: "MWST", is_default: true, is_combinable: false })
      return tax_region
    })
    state = await step("a province", async () => {
      const { tax_region } = await admin.taxRegion.create({ country_code: "ch", province_code: "ch-zh", parent_id: country.id })
      has(tax_region, { province_code: "ch-zh", parent_id: country.id, provider_id: null, tax_rates: [] })
      assert.equal(tax_region.parent.id, country.id)
      return tax_region
    })
    await step("retrieve", async () => assert.deepEqual(ids((await admin.taxRegion.retrieve(country.id)).tax_region.children), [state.id]))
    await step("filter", async () => {
      assert.deepEqual(ids(page(await admin.taxRegion.list({ country_code: "ch", province_code: "ch-zh" }), "tax_regions", { count: 1 })), [state.id])
      assert.deepEqual(ids(page(await admin.taxRegion.list({ parent_id: country.id }), "tax_regions", { count: 1 })), [state.id])
    })
    await step("update", async () => {
      has((await admin.taxRegion.update(country.id, { provider_id: "tp_system", metadata: { b: 2 } })).tax_region, { id: country.id, metadata: { a: 1, b: 2 } })
      has((await admin.taxRegion.update(state.id, { province_code: "ch-be" })).tax_region, { province_code: "ch-be" })
    })
    await step("a country twice", () => fails(admin.taxRegion.create({ country_code: "ch" }), 400, /ch/))
    await step("a province of another country", () =>
      fails(admin.taxRegion.create({ country_code: "at", province_code: "at-9", parent_id: country.id }), 400, /at-9/))
    await step("providers", async () =>
      has(page(await admin.taxProvider.list({ is_enabled: true }), "tax_providers", { count: 1 })[0], { id: "tp_system", is_enabled: true }))
  })
  await section("tax rates", async (step) => {
    const rate = await keeps(step, admin.taxRate, {
      one: "tax_rate", many: "tax_rates",
      create: { name: "Reduced", code: "ch-red", rate: 2.6, tax_region_id: country.id, is_combinable: false, metadata: { a: 1 } },
      update: { name: "Food", rate: 2.65 }, filter: { q: "ch-red" },
    })
    const rule = await step("replace the rules", async () => {
      await admin.taxRate.update(rate.id, { rules: [{ reference: "product", reference_id: "prod_a" }, { reference: "product", reference_id: "prod_b" }] })
      const { tax_rate } = await admin.taxRate.update(rate.id, { rules: [{ reference: "product_type", reference_id: "ptyp_food" }] })
      assert.equal(tax_rate.rules.length, 1)
      has(tax_rate.rules[0], { reference: "product_type", reference_id: "ptyp_food" })
      return tax_rate.rules[0]
    })
    await step("add a rule", async () => {
      const { tax_rate } = await sdk.client.fetch(`/admin/tax-rates/${rate.id}/rules`, { method: "POST", body: { reference: "shipping_option", reference_id: "so_a" } })
      assert.equal(tax_rate.rules.length, 2)
    })
    await step("remove a rule", async () => {
      const answer = await sdk.client.fetch(`/admin/tax-rates/${rate.id}/rules/${rule.id}`, { method: "DELETE" })
      has(answer, { id: rule.id, object: "tax_rate_rule", deleted: true })
      assert.deepEqual(answer.parent.rules.map((r) => r.reference_id), ["so_a"])
    })
    await step("rates of a region", async () =>
      page(await admin.taxRate.list({ tax_region_id: [country.id], is_default: "false" }), "tax_rates", { count: 1 }))
    await step("more than all", () => fails(admin.taxRate.create({ name: "All", code: "ch-all", rate: 101, tax_region_id: country.id }), 400, /ch-all.*101/))
    await step("a second default", () =>
      fails(admin.taxRate.create({ name: "Two", code: "ch-two", is_default: true, tax_region_id: country.id }), 400, /ch-std/))
    await rate.remove()
  })
  await section("tax regions", (step) =>
    step("delete with all below", async () => {
      await gone(await admin.taxRegion.delete(country.id), country.id, "tax_region", () => admin.taxRegion.retrieve(country.id))
      await fails(admin.taxRegion.retrieve(state.id), 404, /not found/)
      page(await admin.taxRate.list({ q: "ch-std" }), "tax_rates", { count: 0 })
    }))
}
