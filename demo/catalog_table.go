package demo

// ware is a product as listed in the table below.
type ware struct {
	sku        string // the beginning of the SKUs of its variants
	title      string
	subtitle   string
	about      string
	kind       string // the type
	collection string
	category   string
	tags       []string
	material   string
	grams      int
	origin     string // the country of origin
	euros      string // Prices are in steps of 0.50 euros and of 1 dollar: then every discount and tax here is a whole
	dollars    string // number of cents.
	choices    []choice
	bulky      bool // shipped by freight
}

// choice is an option, and those of its values that a product comes in.
type choice struct {
	title  string
	values []string
}

// wares returns the catalog: twenty products with one to six variants each.
func wares() []ware {
	return append(outdoorWares(), homeWares()...)
}

func color(values ...string) choice    { return choice{"Color", values} }
func size(values ...string) choice     { return choice{"Size", values} }
func capacity(values ...string) choice { return choice{"Capacity", values} }
func diameter(values ...string) choice { return choice{"Diameter", values} }

func outdoorWares() []ware {
	return []ware{
		{"TNT", "Ridgeline Two-Person Tent", "Three seasons, two doors", "A freestanding tent that pitches in five minutes and stays dry in a storm.",
			"Shelter", "Trail", "Camping", []string{"bestseller", "waterproof"}, "Ripstop nylon", 2150, "vn", "189.00", "209", []choice{color("Moss", "Sand")}, false},
		{"BAG", "Fjord Down Sleeping Bag", "Warm to −5 °C", "Responsibly sourced down in a shell that breathes. Packs to the size of a loaf of bread.",
			"Sleeping", "Trail", "Camping", []string{"winter"}, "Duck down, recycled polyester", 980, "vn", "149.50", "165", []choice{size("Regular", "Long")}, false},
		{"CRN", "Cairn 45 Backpack", "For three nights out", "A load-bearing frame, a lid that comes off, and pockets where hands reach them.",
			"Packs", "Trail", "Hiking", []string{"bestseller"}, "Recycled nylon", 1480, "vn", "129.00", "139", []choice{size("S/M", "L/XL"), color("Slate", "Rust")}, false},
		{"DRF", "Drift Day Pack 18", "Folds into its own pocket", "Eighteen liters for the city and the summit.",
			"Packs", "Everyday", "Hiking", []string{"light", "new"}, "Recycled nylon", 410, "vn", "54.50", "59", []choice{color("Slate", "Rust", "Moss")}, false},
		{"STV", "Ember Camp Stove", "Boils a liter in three minutes", "A stove the size of a fist, with a flame that can simmer.",
			"Cooking", "Trail", "Camping", []string{"light"}, "Steel, brass", 95, "kr", "59.00", "64", nil, false},
		{"MUG", "Tinder Titanium Mug", "Cup and pot in one", "Double walled, with a lid and folding handles.",
			"Cooking", "Everyday", "Camping", []string{"light", "bestseller"}, "Titanium", 118, "cn", "34.50", "38", []choice{capacity("450 ml", "650 ml")}, false},
		{"PLT", "Basecamp Enamel Plates", "Hard to break", "Enamel over steel, with a rolled rim. They take a fire and a dishwasher.",
			"Tableware", "Everyday", "Camping", []string{"gift"}, "Enameled steel", 620, "pl", "27.00", "29", []choice{{"Set", []string{"2 plates", "4 plates"}}}, false},
		{"LAN", "Beacon Rechargeable Lantern", "Forty hours of light", "Warm light for a table, bright light for a trail; charges a phone, too.",
			"Lighting", "Everyday", "Camping", []string{"new", "gift"}, "Aluminum, glass", 390, "cn", "48.00", "52", []choice{color("Rust", "Slate")}, false},
		{"MER", "Storm Merino Base Layer", "Warm when wet", "Fine merino without mulesing, flat seams, long cut.",
			"Clothing", "Trail", "Hiking", []string{"winter"}, "Merino wool", 210, "pt", "79.00", "85", []choice{size("S", "M", "L"), color("Slate", "Moss")}, false},
		{"POL", "Switchback Trekking Poles", "A pair", "Three sections, cork grips, tips for rock and for mud.",
			"Hiking gear", "Trail", "Hiking", []string{"light"}, "Aluminum, cork", 490, "tw", "69.50", "75", nil, false},
		{"BTL", "Quarry Insulated Bottle", "Hot for twelve hours", "A wide mouth, a lid that does not drip, a coat that does not chip.",
			"Drinkware", "Everyday", "Hiking", []string{"bestseller", "gift"}, "Steel", 340, "cn", "32.00", "35", []choice{capacity("500 ml", "750 ml"), color("Slate", "Sand")}, false},
	}
}

func homeWares() []ware {
	return []ware{
		{"BLK", "Harbor Wool Blanket", "130 × 180 cm", "Woven on old looms from the wool of coastal sheep.",
			"Textiles", "Hearth", "Living", []string{"winter", "gift"}, "Wool", 1250, "ie", "98.00", "109", []choice{color("Ocean", "Oat", "Moss")}, false},
		{"SKL", "Hearth Cast-Iron Skillet", "For life", "Poured in one piece and seasoned with linseed oil. Gets better with every meal.",
			"Cookware", "Hearth", "Kitchen", []string{"bestseller"}, "Cast iron", 2600, "fr", "64.00", "69", []choice{diameter("20 cm", "26 cm", "30 cm")}, false},
		{"BWL", "Loam Stoneware Bowl", "Thrown by hand", "No two are alike. For soup, for salad, for keys.",
			"Tableware", "Hearth", "Kitchen", []string{"gift"}, "Stoneware", 560, "pt", "24.50", "27", []choice{color("Oat", "Ocean", "Rust")}, false},
		{"CSH", "Willow Linen Cushion", "45 × 45 cm", "Washed linen with a filling of kapok.",
			"Textiles", "Hearth", "Living", nil, "Linen, kapok", 480, "lt", "39.00", "43", []choice{color("Oat", "Ocean", "Moss")}, false},
		{"TBL", "Grove Oak Side Table", "Solid, without screws", "Oak from managed forests, joined by wedges; goes together without tools.",
			"Furniture", "Hearth", "Living", []string{"new"}, "Oak", 7400, "pl", "179.00", "199", []choice{{"Finish", []string{"Oiled", "Smoked"}}}, true},
		{"FIR", "Ash Fire Bowl", "With a stand", "Rolled steel that rusts evenly and lasts for decades. A grate is included.",
			"Furniture", "Trail", "Living", nil, "Steel", 14500, "de", "249.00", "275", []choice{diameter("60 cm", "80 cm")}, true},
		{"CDL", "Pine Soy Candle", "Burns forty hours", "Soy wax and a cotton wick in a glass to use again.",
			"Lighting", "Hearth", "Living", []string{"gift", "bestseller"}, "Soy wax", 420, "fr", "21.50", "24", []choice{{"Scent", []string{"Cedar", "Fig", "None"}}}, false},
		{"APR", "Field Waxed Apron", "Six pockets", "Waxed canvas for the grill, the garden and the workshop.",
			"Textiles", "Hearth", "Kitchen", nil, "Waxed cotton", 540, "gb", "58.50", "64", nil, false},
		{"BRD", "Cedar Cutting Board", "End grain", "Kind to knives. Oil it twice a year.",
			"Cookware", "Hearth", "Kitchen", []string{"gift", "new"}, "Cedar", 1900, "ca", "44.00", "48", []choice{size("Small", "Large")}, false},
	}
}
