package demo

// land is a country with names, streets and cities.
type land struct {
	code    string // lower case, ISO 3166-1 alpha-2
	locale  string
	first   []string
	last    []string
	streets []string // %d is the number
	spots   []spot
	phone   string // a format for numbers that are reserved for fiction; "" if none are known
}

type spot struct{ city, province, postal, area string }

// europe and america return the countries that the shop delivers to, by region.
func europe() []land {
	return []land{
		{"fr", "fr-FR", []string{"Camille", "Hugo", "Léa", "Lucas", "Manon", "Nathan", "Chloé", "Théo", "Inès", "Jules"},
			[]string{"Bernard", "Dubois", "Moreau", "Laurent", "Girard", "Fontaine", "Chevalier", "Lambert", "Rousseau", "Garnier"},
			[]string{"%d rue des Lilas", "%d avenue de la Gare", "%d rue du Moulin", "%d place du Marché"},
			[]spot{{"Lyon", "", "69002", ""}, {"Nantes", "", "44000", ""}, {"Paris", "", "75011", ""}, {"Lille", "", "59000", ""}, {"Annecy", "", "74000", ""}},
			"+33 1 99 00 %02d %02d"},
		{"de", "de-DE", []string{"Anna", "Jonas", "Lena", "Felix", "Marie", "Paul", "Clara", "Lukas", "Greta", "Moritz"},
			[]string{"Becker", "Wagner", "Hoffmann", "Schäfer", "Krüger", "Vogel", "Winter", "Sommer", "Brandt", "Lorenz"},
			[]string{"Lindenstraße %d", "Am Mühlbach %d", "Bahnhofstraße %d", "Gartenweg %d"},
			[]spot{{"Berlin", "", "10115", ""}, {"Hamburg", "", "20095", ""}, {"Leipzig", "", "04109", ""}, {"Freiburg", "", "79098", ""}, {"Köln", "", "50667", ""}},
			"+49 30 23125 %d%02d"},
		{"it", "it-IT", []string{"Giulia", "Marco", "Sofia", "Luca", "Chiara", "Matteo", "Elena", "Davide"},
			[]string{"Rossi", "Conti", "Ferrari", "Gallo", "Marino", "Greco", "Bruno", "Rinaldi"},
			[]string{"Via Garibaldi %d", "Via dei Mille %d", "Corso Italia %d"},
			[]spot{{"Torino", "TO", "10121", ""}, {"Bologna", "BO", "40121", ""}, {"Verona", "VR", "37121", ""}}, ""},
		{"es", "es-ES", []string{"Lucía", "Pablo", "Carmen", "Javier", "Marta", "Diego", "Elisa", "Adrián"},
			[]string{"Romero", "Navarro", "Torres", "Vega", "Molina", "Ortega", "Castro", "Serrano"},
			[]string{"Calle Mayor %d", "Calle del Sol %d", "Avenida del Puerto %d"},
			[]spot{{"Valencia", "", "46001", ""}, {"Bilbao", "", "48001", ""}, {"Sevilla", "", "41001", ""}}, ""},
		{"nl", "nl-NL", []string{"Emma", "Daan", "Sanne", "Bram", "Fleur", "Sem", "Lotte", "Thijs"},
			[]string{"de Vries", "Bakker", "Visser", "Mulder", "de Boer", "Dekker", "Vermeer", "Kuipers"},
			[]string{"Kerkstraat %d", "Molenweg %d", "Dorpsstraat %d"},
			[]spot{{"Utrecht", "", "3511 LN", ""}, {"Groningen", "", "9712 HM", ""}, {"Leiden", "", "2311 EZ", ""}}, ""},
	}
}

func america() []land {
	first := []string{"Emily", "Mason", "Olivia", "Ethan", "Harper", "Logan", "Abigail", "Wyatt", "Nora", "Caleb", "Hazel", "Owen"}
	last := []string{"Baker", "Carter", "Hughes", "Foster", "Bennett", "Reed", "Sullivan", "Hayes", "Brooks", "Palmer", "Shaw", "Porter"}
	streets := []string{"%d Oak Street", "%d Maple Avenue", "%d Harbor Road", "%d Mill Lane"}
	return []land{
		{"us", "en-US", first, last, streets, []spot{{"Portland", "OR", "97205", "503"}, {"Denver", "CO", "80202", "303"},
			{"Seattle", "WA", "98101", "206"}, {"Burlington", "VT", "05401", "802"}, {"Austin", "TX", "78701", "512"}}, "+1 %s 555 01%02d"},
		{"ca", "en-CA", first, last, streets, []spot{{"Vancouver", "BC", "V6B 1A1", "604"}, {"Toronto", "ON", "M5H 2N2", "416"},
			{"Halifax", "NS", "B3J 1S9", "902"}}, "+1 %s 555 01%02d"},
	}
}
