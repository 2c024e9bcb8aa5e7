import { assert, gone, has, ids, keeps, page, section } from "./harness.mjs"

const summer = {
  code: "SUMMER26", type: "standard", status: "active", is_automatic: false,
  rules: [{ attribute: "currency_code", operator: "eq", values: ["eur"] }],
  application_method: {
    type: "percentage", target_type: "items", allocation: "each", value: 15, max_quantity: 2, currency_code: "eur",
    target_rules: [{ attribute: "items.product.id", operator: "in", values: ["prod_a", "prod_b"] }],
  },
}

const values = (rule) => rule.values.map((v) => v.value).sort()

export async function promotions({ admin }) {
  let promotion
  await section("promotions", async (step) => {
    promotion = await step("create", async () => {
      const { promotion } = await admin.promotion.create(summer)
      has(promotion, { code: "SUMMER26", type: "standard", status: "active", is_automatic: false })
      has(promotion.application_method, { type: "percentage", target_type: "items", value: 15, max_quantity: 2 })
      assert.deepEqual(values(promotion.application_method.target_rules[0]), ["prod_a", "prod_b"])
      assert.deepEqual(values(promotion.rules[0]), ["eur"])
      return promotion
    })
    await step("retrieve by code", async () => has((await admin.promotion.retrieve("SUMMER26")).promotion, { id: promotion.id }))
    await step("list", async () => {
      has(page(await admin.promotion.list({ code: "SUMMER26" }), "promotions", { count: 1 })[0], { id: promotion.id })
      page(await admin.promotion.list({ q: "SUMMER26", limit: 1 }), "promotions", { count: 1, limit: 1 })
    })
    await step("update", async () => {
      const answer = await admin.promotion.update(promotion.id, { code: "AUTUMN26", status: "inactive", application_method: { value: 20 } })
      has(answer.promotion, { code: "AUTUMN26", status: "inactive" })
      has(answer.promotion.application_method, { value: 20, target_type: "items" })
    })
    for (const [kind, attribute] of [["rules", "region.id"], ["target-rules", "items.product.type_id"]]) {
      await rules(step, admin, promotion.id, kind, attribute)
    }
    await step("buy rules", async () => {
      const { promotion } = await admin.promotion.create({
        code: "3FOR2", type: "buyget",
        application_method: {
          type: "percentage", value: 100, target_type: "items", allocation: "each", max_quantity: 1, apply_to_quantity: 1, buy_rules_min_quantity: 2,
          buy_rules: [{ attribute: "items.product.id", operator: "eq", values: ["prod_a"] }],
          target_rules: [{ attribute: "items.product.id", operator: "eq", values: ["prod_a"] }],
        },
      })
      has((await admin.promotion.listRules(promotion.id, "buy-rules")).rules[0], { attribute: "items.product.id", operator: "eq" })
      await admin.promotion.delete(promotion.id)
    })
  })
  await section("campaigns", async (step) => {
    const campaign = await keeps(step, admin.campaign, {
      one: "campaign", many: "campaigns",
      create: { name: "Autumn", campaign_identifier: "AUT-26", description: "Leaves", starts_at: "2026-09-01T00:00:00.000Z" },
      update: { name: "Fall", ends_at: "2026-11-30T00:00:00.000Z" }, filter: { campaign_identifier: "AUT-26" },
    })
    await step("a budget", async () => {
      const made = (await admin.campaign.create({ name: "Spend", campaign_identifier: "SP-26", budget: { type: "spend", limit: 500, currency_code: "eur" } })).campaign
      has(made.budget, { type: "spend", limit: 500, currency_code: "eur" })
      assert.equal((await admin.campaign.update(made.id, { budget: { limit: 800 } })).campaign.budget.limit, 800)
      await gone(await admin.campaign.delete(made.id), made.id, "campaign", () => admin.campaign.retrieve(made.id))
    })
    const members = async () => ids((await admin.campaign.retrieve(campaign.id, { fields: "id,promotions.id" })).campaign.promotions)
    await step("promotions", async () => {
      has((await admin.campaign.batchPromotions(campaign.id, { add: [promotion.id] })).campaign, { id: campaign.id })
      assert.deepEqual(await members(), [promotion.id])
      page(await admin.promotion.list({ campaign_id: campaign.id }), "promotions", { count: 1 })
      await admin.campaign.batchPromotions(campaign.id, { remove: [promotion.id] })
      assert.deepEqual(await members(), [])
    })
    await campaign.remove()
    await step("delete the promotion", async () =>
      gone(await admin.promotion.delete(promotion.id), promotion.id, "promotion", () => admin.promotion.retrieve(promotion.id)))
  })
}

async function rules(step, admin, id, kind, attribute) {
  const found = async () => (await admin.promotion.listRules(id, kind)).rules.find((r) => r.attribute === attribute)
  const rule = await step(`add ${kind}`, async () => {
    await admin.promotion.addRules(id, kind, { rules: [{ attribute, operator: "in", values: ["a", "b"], description: "some" }] })
    const rule = await found()
    assert.deepEqual(values(rule), ["a", "b"])
    return rule
  })
  await step(`update ${kind}`, async () => {
    await admin.promotion.updateRules(id, kind, { rules: [{ id: rule.id, attribute, operator: "ne", values: ["c"] }] })
    has(await found(), { id: rule.id, operator: "ne" })
    assert.deepEqual(values(await found()), ["c"])
  })
  await step(`remove ${kind}`, async () => {
    await admin.promotion.removeRules(id, kind, { rule_ids: [rule.id] })
    assert.equal(await found(), undefined)
  })
}
