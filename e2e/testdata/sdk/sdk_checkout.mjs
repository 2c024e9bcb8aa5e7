import { assert, client, fails, has, ids, page, section } from "./harness.mjs"

// checkout looks at what a customer chooses from: the demo has no open cart, so it
// asks for carts that became orders. They are of the web store: the showroom sends
// nothing to America.
export async function checkout(sdk) {
  await section("store: delivery and payment", (step) => choices(step, sdk))
}

async function choices(step, sdk) {
  const { admin } = sdk
  const { sales_channels } = await admin.salesChannel.list({ name: "Web store" })
  const { api_key } = await admin.apiKey.create({ title: "Checkout", type: "publishable" })
  await admin.apiKey.batchSalesChannels(api_key.id, { add: ids(sales_channels) })
  const { store } = client({ publishableKey: api_key.token })
  const { regions } = await admin.region.list()
  const [europe, america] = ["Europe", "North America"].map((name) => regions.find((r) => r.name === name))
  const { carts } = await sdk.client.fetch("/admin/carts", { query: { limit: 100, order: "id", sales_channel_id: ids(sales_channels), fields: "id,region_id,items.variant.product.shipping_profile.name" } })
  const profiles = (cart) => [...new Set(cart.items.map((i) => i.variant.product.shipping_profile.name))].join()
  const cart = (region, profile) => carts.find((c) => c.region_id === region.id && profiles(c) === profile)
  const offers = async (query) => (await store.fulfillment.listCartOptions(query)).shipping_options
  for (const [region, standard, express, freight, back] of [[europe, 4.5, 9.5, 49, 3.5], [america, 6, 15, 79, 5]]) {
    const { id } = cart(region, "Parcels")
    const amounts = (list) => Object.fromEntries(list.map((o) => [o.name, o.amount]))
    await step(`shipping options in ${region.name}`, async () => {
      const list = await offers({ cart_id: id })
      assert.deepEqual(amounts(list), { Standard: standard, Express: express })
      has(list[0], { price_type: "flat", provider_id: "manual_manual", insufficient_inventory: region === america }) // Newark has a third of the goods
      has(list[0].calculated_price, { calculated_amount: list[0].amount, currency_code: region.currency_code })
    })
    await step(`bulky goods in ${region.name}`, async () =>
      assert.deepEqual(amounts(await offers({ cart_id: cart(region, "Bulky goods").id })), { Freight: freight }))
    await step(`returns in ${region.name}`, async () =>
      assert.deepEqual(amounts(await offers({ cart_id: id, is_return: true })), { Return: back }))
  }
  await step("no cart", async () => {
    await fails(store.fulfillment.listCartOptions({}), 400, /cart_id/)
    await fails(store.fulfillment.listCartOptions({ cart_id: "cart_none" }), 404, /cart_none/)
  })
  await step("payment providers", async () => {
    const of = async (region) => ids(page(await store.payment.listPaymentProviders({ region_id: region.id }), "payment_providers", { limit: 20 })).sort()
    assert.deepEqual(await of(europe), ["pp_card_demo", "pp_system_default", "pp_transfer_demo"])
    assert.deepEqual(await of(america), ["pp_card_demo", "pp_system_default"])
    await fails(store.payment.listPaymentProviders(), 400, /region_id/)
  })
  await admin.apiKey.revoke(api_key.id)
  await admin.apiKey.delete(api_key.id)
}
