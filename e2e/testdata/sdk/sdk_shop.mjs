import { assert, client, fails, has, ids, keeps, page, section } from "./harness.mjs"

export async function shop({ admin }) {
  let channel
  await section("regions", async (step) => {
    const region = await step("create", async () => {
      const { region } = await admin.region.create({ name: "Far South", currency_code: "aud", countries: ["au", "nz"], metadata: { a: 1 }, automatic_taxes: false })
      has(region, { name: "Far South", currency_code: "aud", automatic_taxes: false, metadata: { a: 1 } })
      assert.deepEqual(region.countries.map((c) => c.iso_2).sort(), ["au", "nz"])
      return region
    })
    await step("a country that is taken", () => fails(admin.region.create({ name: "Two", currency_code: "aud", countries: ["nz"] }), 400, /nz/i))
    await step("list", async () => {
      page(await admin.region.list(), "regions", { count: 3 })
      has(page(await admin.region.list({ currency_code: "aud" }), "regions", { count: 1 })[0], { id: region.id })
    })
    await step("update", async () => {
      const answer = (await admin.region.update(region.id, { name: "South", countries: ["nz"] })).region
      has(answer, { name: "South", currency_code: "aud" })
      assert.deepEqual(answer.countries.map((c) => c.iso_2), ["nz"])
    })
    await step("retrieve", async () => assert.deepEqual((await admin.region.retrieve(region.id, { fields: "name" })).region, { id: region.id, name: "South" }))
    await step("delete", async () => {
      has(await admin.region.delete(region.id), { id: region.id, object: "region", deleted: true })
      await fails(admin.region.retrieve(region.id), 404, /not found/)
    })
  })
  await section("locales", async (step) => {
    await step("list", async () => {
      assert.equal(page(await admin.locale.list({ limit: 10 }), "locales", { limit: 10 }).length, 10)
      assert.deepEqual(page(await admin.locale.list({ code: ["ja-JP", "de-AT"], order: "code" }), "locales", { count: 2 }),
        [{ code: "de-AT", name: "German (Austria)" }, { code: "ja-JP", name: "Japanese (Japan)" }])
    })
    await step("retrieve", async () => assert.deepEqual((await admin.locale.retrieve("pt-BR")).locale, { code: "pt-BR", name: "Portuguese (Brazil)" }))
    await step("of the store", async () => {
      const [{ id }] = (await admin.store.list()).stores
      const of = async () => (await admin.store.retrieve(id, { fields: "supported_locales.locale_code" })).store.supported_locales.map((l) => l.locale_code).sort()
      const before = await of()
      await admin.store.update(id, { supported_locales: [...before, "fr-FR"].map((locale_code) => ({ locale_code })) })
      assert.deepEqual(await of(), [...before, "fr-FR"].sort())
      await admin.store.update(id, { supported_locales: before.map((locale_code) => ({ locale_code })) })
      assert.deepEqual(await of(), before)
    })
  })
  await section("sales channels", async (step) => {
    channel = await keeps(step, admin.salesChannel, {
      one: "sales_channel", many: "sales_channels", object: "sales-channel",
      create: { name: "Fair", description: "At the stand", is_disabled: false }, update: { name: "Trade fair", is_disabled: true }, filter: { name: "Fair" },
    })
    await step("products", async () => {
      const two = ids((await admin.product.list({ limit: 2, order: "id" })).products)
      const members = async () => ids(page(await admin.product.list({ sales_channel_id: channel.id, order: "id" }), "products"))
      has((await admin.salesChannel.batchProducts(channel.id, { add: two })).sales_channel, { id: channel.id })
      assert.deepEqual(await members(), two)
      await admin.salesChannel.updateProducts(channel.id, { remove: [two[1]] })
      assert.deepEqual(await members(), [two[0]])
    })
  })
  await section("API keys", (step) => apiKeys(step, admin, channel))
  await section("sales channels", (step) => channel.remove())
  await section("payments", async (step) => {
    await step("list and retrieve", async () => {
      const list = page(await admin.payment.list({ limit: 3 }), "payments", { count: 61, limit: 3 })
      const { payment } = await admin.payment.retrieve(list[0].id, { fields: "*captures,+payment_collection.status,id,amount" })
      has(payment, { id: list[0].id, amount: list[0].amount })
      assert.equal(typeof payment.payment_collection.status, "string")
      page(await admin.payment.list({ payment_collection_id: list[0].payment_collection_id }), "payments")
    })
    await step("providers", async () => assert.ok(page(await admin.payment.listPaymentProviders({ is_enabled: true }), "payment_providers").length > 0))
  })
  await section("return reasons", async (step) => {
    const reason = await keeps(step, admin.returnReason, {
      one: "return_reason", many: "return_reasons", create: { value: "moths", label: "Moths", description: "Holes" }, update: { label: "Moth holes" }, filter: { value: "moths" },
    })
    await reason.remove()
  })
  await section("refund reasons", async (step) => {
    const reason = await keeps(step, admin.refundReason, {
      one: "refund_reason", many: "refund_reasons", create: { label: "Late", code: "late", description: "Weeks" }, update: { label: "Too late" }, filter: { code: "late" },
    })
    await reason.remove()
  })
  await section("currencies", async (step) => {
    await step("retrieve", async () => has((await admin.currency.retrieve("jpy")).currency, { code: "jpy", decimal_digits: 0 }))
    await step("list", async () => {
      page(await admin.currency.list({ limit: 3, order: "code" }), "currencies", { limit: 3 })
      assert.deepEqual(page(await admin.currency.list({ code: ["eur", "usd"], order: "code" }), "currencies", { count: 2 }).map((c) => c.code), ["eur", "usd"])
    })
  })
}

async function apiKeys(step, admin, channel) {
  const key = await step("create", async () => {
    const { api_key } = await admin.apiKey.create({ title: "Kiosk", type: "publishable" })
    has(api_key, { title: "Kiosk", type: "publishable", revoked_at: null })
    assert.match(api_key.token, /^pk_/)
    return api_key
  })
  await step("list", async () => has(page(await admin.apiKey.list({ title: "Kiosk", type: "publishable" }), "api_keys", { count: 1 })[0], { id: key.id }))
  await step("update", async () => has((await admin.apiKey.update(key.id, { title: "Booth" })).api_key, { id: key.id, title: "Booth" }))
  await step("sales channels", async () => {
    has((await admin.apiKey.batchSalesChannels(key.id, { add: [channel.id] })).api_key, { id: key.id })
    assert.deepEqual(ids((await admin.apiKey.retrieve(key.id)).api_key.sales_channels), [channel.id])
    assert.deepEqual(ids(page(await admin.salesChannel.list({ publishable_key_id: key.id }), "sales_channels", { count: 1 })), [channel.id])
    await admin.apiKey.batchSalesChannels(key.id, { remove: [channel.id] })
    assert.deepEqual((await admin.apiKey.retrieve(key.id)).api_key.sales_channels, [])
  })
  await step("no deletion before revocation", () => fails(admin.apiKey.delete(key.id), 400, /revoke/i))
  await step("revoke", async () => assert.ok((await admin.apiKey.revoke(key.id)).api_key.revoked_at))
  await step("delete", async () => {
    has(await admin.apiKey.delete(key.id), { id: key.id, object: "api_key", deleted: true })
    await fails(admin.apiKey.retrieve(key.id), 404, /not found/)
  })
  await step("call with a secret key", async () => {
    const { api_key } = await admin.apiKey.create({ title: "Robot", type: "secret" })
    const robot = client({ apiKey: api_key.token })
    page(await robot.admin.order.list({ limit: 1 }), "orders", { count: 59, limit: 1 })
    assert.notEqual((await admin.apiKey.retrieve(api_key.id)).api_key.token, api_key.token)
    await admin.apiKey.revoke(api_key.id)
    await fails(robot.admin.order.list(), 401, /Unauthorized/)
  })
}
