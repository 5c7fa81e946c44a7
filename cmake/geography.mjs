// Turns the JSON of @etalab/decoupage-administratif into the compact tables that gateway/model/geography.hpp
// reads: communes.csv and departements.csv, sorted by code. Usage: node geography.mjs <package> <folder>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [packageFolder, outputFolder] = process.argv.slice(2)
if (!outputFolder) throw new Error('usage: node geography.mjs <package> <folder>')

const types = {
  'commune-actuelle': 'commune',
  'arrondissement-municipal': 'arrondissement-municipal',
  'commune-deleguee': 'deleguee',
  'commune-associee': 'associee',
}

const read = name => JSON.parse(readFileSync(join(packageFolder, 'data', `${name}.json`), 'utf8'))

function write(name, header, rows) {
  for (const cell of rows.flat()) {
    if (/[,"\r\n]/.test(cell)) throw new Error(`${name}: a cell would need quotes: ${cell}`)
  }
  rows.sort(([left], [right]) => (left < right ? -1 : 1))
  const lines = [header, ...rows].map(row => row.join(',') + '\n')
  mkdirSync(outputFolder, { recursive: true })
  writeFileSync(join(outputFolder, name), lines.join(''))
}

function row(commune, type, present) {
  const { code, nom = '', departement, region, population = '', codesPostaux = [] } = commune
  return [code, nom, type, departement, region, String(population), codesPostaux.join(' '), present]
}

/** One row a code. A chief town keeps its code when communes merge: the commune of today wins over the
 *  delegated one of the same code, and a delegated commune over the bare former code. */
function communeRows(communes) {
  const byCode = new Map()
  const add = entry => byCode.has(entry[0]) || byCode.set(entry[0], entry)
  const today = communes.filter(({ type }) => type === 'commune-actuelle')
  for (const commune of today) add(row(commune, 'commune', ''))
  for (const commune of communes) {
    if (!types[commune.type]) throw new Error(`unknown type ${commune.type}`)
    if (commune.type !== 'commune-actuelle') {
      add(row(commune, types[commune.type], commune.commune ?? commune.chefLieu))
    }
  }
  for (const { code: present, departement, region, anciensCodes = [] } of today) {
    for (const code of anciensCodes) add(row({ code, departement, region }, 'ancienne', present))
  }
  return [...byCode.values()]
}

write(
  'communes.csv',
  ['code', 'name', 'type', 'departement', 'region', 'population', 'postcodes', 'successor'],
  communeRows(read('communes')),
)
write(
  'departements.csv',
  ['code', 'name', 'region'],
  read('departements').map(({ code, nom, region }) => [code, nom, region]),
)
