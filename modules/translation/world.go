package translation

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// spoken has a line for each language: its code, and the places or scripts in which
// Unicode's CLDR has it as a locale of its own.
const spoken = `
af NA ZA
ak GH
am ET
ar AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE
as IN
ast ES
az AZ
be BY
bg BG
bm ML
bn BD IN
bo CN IN
br FR
bs BA
ca AD ES FR IT
chr US
ckb IQ IR
cs CZ
cy GB
da DK GL
de AT BE CH DE IT LI LU
dsb DE
dz BT
ee GH TG
el CY GR
en AG AI AS AT AU BB BE BI BM BS BW BZ CA CC CH CK CM CX CY DE DK DM ER FI FJ FK FM GB GD GG GH GI GM GU GY HK IE IL IM IN IO JE JM KE KI KN KY LC LR LS MG MH MO MP MS MT MU MW MY NA NF NG NL NR NU NZ PG PH PK PN PR PW RW SB SC SD SE SG SH SI SL SS SX SZ TC TK TO TT TV TZ UG UM US VC VG VI VU WS ZA ZM ZW
es 419 AR BO BR BZ CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PH PR PY SV US UY VE
et EE
eu ES
fa AF IR
ff CM GN MR SN
fi FI
fil PH
fo DK FO
fr BE BF BI BJ BL CA CD CF CG CH CI CM DJ DZ FR GA GF GN GP GQ HT KM LU MA MC MF MG ML MQ MR MU NC NE PF PM RE RW SC SN SY TD TG TN VU WF YT
fur IT
fy NL
ga IE
gd GB
gl ES
gsw CH FR LI
gu IN
gv IM
ha GH NE NG
haw US
he IL
hi IN
hr BA HR
hsb DE
hu HU
hy AM
id ID
ig NG
is IS
it CH IT SM VA
ja JP
ka GE
kab DZ
kk KZ
kl GL
km KH
kn IN
ko KP KR
kok IN
ks IN
kw GB
ky KG
lb LU
lg UG
ln AO CD CF CG
lo LA
lt LT
lu CD
lv LV
mg MG
mk MK
ml IN
mn MN
mr IN
ms BN MY SG
mt MT
my MM
nb NO
nd ZW
ne IN NP
nl AW BE BQ CW NL SR SX
nn NO
om ET KE
or IN
os GE RU
pa IN PK
pl PL
ps AF
pt AO BR CH CV GQ GW LU MO MZ PT ST TL
qu BO EC PE
rm CH
rn BI
ro MD RO
ru BY KG KZ MD RU UA
rw RW
sd PK
se FI NO SE
sg CF
si LK
sk SK
sl SI
sn ZW
so DJ ET KE SO
sq AL MK XK
sr BA ME RS XK
sv AX FI SE
sw CD KE TZ UG
ta IN LK MY SG
te IN
tg TJ
th TH
ti ER ET
tk TM
to TO
tr CY TR
tt RU
ug CN
uk UA
ur IN PK
uz AF UZ
vi VN
wo SN
yo BJ NG
yue CN HK
zgh MA
zh CN HK MO SG TW Hans Hant
zu ZA
`

// World returns the locales that a shop begins with: each language, and each language in
// the countries where it is written. Their names are English, such as "German (Austria)".
func World() []Locale {
	var out []Locale
	for line := range strings.Lines(strings.TrimSpace(spoken)) {
		words := strings.Fields(line)
		out = append(out, locale(words[0]))
		for _, place := range words[1:] {
			out = append(out, locale(words[0]+"-"+place))
		}
	}
	return out
}

func locale(code string) Locale {
	tag := language.MustParse(code)
	base, script, region := tag.Raw()
	name := display.English.Languages().Name(base)
	switch {
	case region != language.Region{}:
		name += " (" + display.English.Regions().Name(region) + ")"
	case script != language.Script{}:
		name += " (" + display.English.Scripts().Name(script) + ")"
	}
	return Locale{Code: tag.String(), Name: name}
}
