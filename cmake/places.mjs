// Makes the dated tables of communes and EPCI that `passerelle reference` loads: what the pinned package
// @etalab/decoupage-administratif says of its year, and before it what mappings/geography says.
// Usage: node places.mjs <package> <mappings/geography> <folder> <departement>...
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [packageFolder, knownFolder, outputFolder, ...departements] = process.argv.slice(2)
if (departements.length === 0) throw new Error('usage: node places.mjs <package> <known> <folder> <departement>...')

/** The year that each version of the package describes (its README): another version is to be added here. */
const years = { '6.0.0': 2026 }

const json = path => JSON.parse(readFileSync(join(packageFolder, path), 'utf8'))
const { version } = json('package.json')
const year = years[version]
if (!year) throw new Error(`version ${version} of the package describes no known year`)
const packageName = `npm @etalab/decoupage-administratif ${version} (${year})`
const firstDay = `${year}-01-01`

/** Rows of one of our own tables, whose cells need no quotes. */
function known(name) {
  const [header, ...lines] = readFileSync(join(knownFolder, name), 'utf8').trimEnd().split('\n')
  if (lines.some(line => line.includes('"'))) throw new Error(`${name}: a quoted cell`)
  const columns = header.split(',')
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, rank) => [columns[rank], cell])))
}

function write(name, header, rows) {
  for (const cell of rows.flat()) {
    if (/[,"\r\n]/.test(cell)) throw new Error(`${name}: a cell would need quotes: ${cell}`)
  }
  rows.sort((left, right) => (left.join() < right.join() ? -1 : 1))
  mkdirSync(outputFolder, { recursive: true })
  writeFileSync(join(outputFolder, name), [header, ...rows].map(row => row.join(',') + '\n').join(''))
}

const here = ({ departement }) => departements.includes(departement)
const inPackage = json('data/communes.json').filter(here)
const today = inPackage.filter(({ type }) => type === 'commune-actuelle')
const names = new Map(today.map(({ code, nom }) => [code, nom]))
const mergers = known('fusions.csv').filter(({ commune }) => departements.includes(commune.slice(0, 2)))

/** What became part of a commune of today: {code, name, successor}, the package giving no day. */
function formerCommunes() {
  const former = new Map()
  for (const { code, nom, chefLieu } of inPackage.filter(({ type }) => type !== 'commune-actuelle')) {
    if (!names.has(code)) former.set(code, { code, name: nom, successor: chefLieu })
  }
  for (const { code: successor, anciensCodes = [] } of today) {
    for (const code of anciensCodes) {
      if (!names.has(code) && !former.has(code)) former.set(code, { code, name: '', successor })
    }
  }
  return [...former.values()]
}

/** A merger is known by its day: before it the old name, from it the successor, or the new name of a code that stays. */
function mergedRows({ commune, nom, successeur, depuis, acte, certitude, source }) {
  const before = [commune, nom, '', '', depuis, acte, certitude, `${source} ; premier jour inconnu`]
  const after =
    commune === successeur
      ? [commune, names.get(commune), '', depuis, '', acte, certitude, source]
      : [commune, nom, successeur, depuis, '', acte, certitude, source]
  return [before, after]
}

function communeRows() {
  const dated = new Set(mergers.map(({ commune }) => commune))
  const act = `code officiel géographique ${year}`
  const unknown = `${packageName} ; premier jour inconnu`
  const undated = [
    ...today.map(({ code, nom }) => [code, nom, '', '', '', act, 'assumption', unknown]),
    ...formerCommunes().map(({ code, name, successor }) =>
      [code, name || code, successor, '', '', act, 'assumption', `${packageName} ; jour de la fusion inconnu`]),
  ]
  return [...undated.filter(([code]) => !dated.has(code)), ...mergers.flatMap(mergedRows)]
}

function membershipRows(groups) {
  const before = new Map(known('appartenances.csv').map(row => [row.commune, row]))
  const act = `périmètre des EPCI au 1er janvier ${year} (DGCL)`
  const row = (epci, commune) => {
    const earlier = before.get(commune)
    if (!earlier) return [epci, commune, firstDay, '', act, 'assumption', `${packageName} ; premier jour inconnu`]
    if (earlier.epci !== epci) throw new Error(`appartenances.csv: ${commune} is of ${epci} in ${year}`)
    return [epci, commune, earlier.depuis, '', earlier.acte, earlier.certitude, earlier.source]
  }
  return groups.flatMap(({ code, membres }) =>
    membres.filter(member => names.has(member.code)).map(member => row(code, member.code)))
}

const groups = json('data/epci.json').filter(({ membres }) => membres.some(({ code }) => names.has(code)))
const members = membershipRows(groups)
/** The first day on which an EPCI is known: that of its first member. */
const begins = epci => members.filter(([code]) => code === epci).map(([, , since]) => since).sort()[0]
/** Without the kind before it, which has a column of its own. */
const ownName = (name, kind) => (name.startsWith(`${kind} `) ? name.slice(kind.length + 1) : name)
const dated = ['depuis', 'jusqua', 'acte', 'certitude', 'source']

for (const { commune, successeur } of mergers) {
  if (!names.has(successeur)) throw new Error(`fusions.csv: ${commune}: ${successeur} is no commune of ${year}`)
}
write('communes.csv', ['commune', 'nom', 'successeur', ...dated], communeRows())
write('epci.csv', ['epci', 'nom', 'nature', ...dated], groups.map(({ code, nom, type }) => [
  code, ownName(nom, type), type, begins(code), '', `périmètre des EPCI au 1er janvier ${year} (DGCL)`, 'assumption',
  `${packageName} ; premier jour inconnu`]))
write('epci-communes.csv', ['epci', 'commune', ...dated], members)
