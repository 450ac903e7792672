/**
 * Files that are something else: named for what they are, with what to do. Bytes first, since a name may lie; then the
 * words a text begins with; then what a JSON holds.
 */
import { msg, t } from '../language/language.ts'

/** Bytes from which a file is told. */
export const HEAD = 65_536

/** What it is, what to do instead, and a name in it. */
type Told = readonly [what: string, instead?: string, name?: string]

function said([what, instead, name]: Told): string {
  const told = name === undefined ? t(what) : t(what, { name })
  return instead === undefined ? told : `${told}; ${t(instead)}`
}

interface Signature {
  /** Characters of code 0 to 255, at the beginning unless `at` says where. */
  bytes: string
  at?: number
  what: Told
}

const SAVE_CSV = msg('save the sheet with its numbers as CSV or text there, and open that')
const EXPORT = msg('export the data as text (csv, txt, mpt) there, and open that')
const UNPACK = msg('unpack it, and open the file you need')
const PICTURE = msg('a table of its numbers can be opened (csv, txt), or a scenario (json)')
const REPRINT = msg('copy its numbers into a table (csv, txt), and open that')

const image = (name: string): Told => [msg('a picture ({name}), which is not read'), PICTURE, name]
const archive = (name: string): Told => [msg('an archive ({name})'), UNPACK, name]

const SIGNATURES: readonly Signature[] = [
  { bytes: '\x89PNG', what: image('PNG') },
  { bytes: '\xff\xd8\xff', what: image('JPEG') },
  { bytes: 'GIF8', what: image('GIF') },
  { bytes: 'WEBP', at: 8, what: image('WebP') },
  { bytes: 'II*\0', what: image('TIFF') },
  { bytes: 'MM\0*', what: image('TIFF') },
  { bytes: 'II+\0', what: image('TIFF') },
  { bytes: '\0\0\x01\0', what: image('icon') },
  { bytes: 'ftypavif', at: 4, what: image('AVIF') },
  { bytes: 'ftyphei', at: 4, what: image('HEIC') },
  { bytes: 'ftyp', at: 4, what: [msg('a film, which is not read'), PICTURE] },
  { bytes: '%PDF-', what: [msg('a PDF'), REPRINT] },
  { bytes: '%!PS', what: [msg('PostScript'), REPRINT] },
  { bytes: '{\\rtf', what: [msg('a text with formatting (RTF)'), REPRINT] },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', what: [msg('an old Excel workbook or Office document'), SAVE_CSV] },
  { bytes: '\x1f\x8b', what: archive('gzip') },
  { bytes: '7z\xbc\xaf\x27\x1c', what: archive('7z') },
  { bytes: 'Rar!', what: archive('RAR') },
  { bytes: '\xfd7zXZ', what: archive('xz') },
  { bytes: 'BZh', what: archive('bzip2') },
  { bytes: '\x28\xb5\x2f\xfd', what: archive('Zstandard') },
  { bytes: 'ustar', at: 257, what: archive('tar') },
  { bytes: '\x89HDF', what: [msg('HDF5 data (also a MATLAB file of today)'), EXPORT] },
  { bytes: 'CDF\x01', what: [msg('NetCDF data'), EXPORT] },
  { bytes: 'CDF\x02', what: [msg('NetCDF data'), EXPORT] },
  { bytes: 'MATLAB 5.0', what: [msg('a MATLAB file; write its columns with writetable, and open that')] },
  { bytes: '\x93NUMPY', what: [msg('a NumPy array; write it with numpy.savetxt and a header, and open that')] },
  { bytes: 'PAR1', what: [msg('a Parquet table'), EXPORT] },
  { bytes: 'ARROW1', what: [msg('an Arrow table'), EXPORT] },
  { bytes: 'SQLite format 3', what: [msg('a database (SQLite)'), EXPORT] },
  { bytes: '\0\x01\0\0Standard ', what: [msg('a database (Access), as Arbin writes it'), EXPORT] },
  {
    bytes: 'BIO-LOGIC MODULAR FILE',
    what: [msg('a BioLogic file (mpr); in EC-Lab export it as text (mpt), and open that')],
  },
  { bytes: 'NEWARE', what: [msg('a Neware file (nda); in BTSDA export it as CSV, and open that')] },
  { bytes: '\x7fELF', what: [msg('a program, which is not read')] },
  { bytes: 'MZ\x90', what: [msg('a program, which is not read')] },
  { bytes: 'wOF', what: [msg('a font, which is not read')] },
]

/** Of archives that are documents, by the names inside. */
const INSIDE: readonly (readonly [RegExp, Told])[] = [
  [/xl\/|workbook\.xml/, [msg('an Excel workbook (xlsx)'), SAVE_CSV]],
  [/opendocument\.spreadsheet/, [msg('a spreadsheet (ods)'), SAVE_CSV]],
  [/word\/|opendocument\.text/, [msg('a text document'), REPRINT]],
  [/ppt\/|opendocument\.presentation/, [msg('a presentation'), REPRINT]],
  [/\.npy/, [msg('NumPy arrays (npz); write them with numpy.savetxt and a header, and open that')]],
  [/Data\.ndc|VersionInfo\.xml/i, [msg('a Neware file (ndax); in BTSDA export it as CSV, and open that')]],
  [/Index\/Document\.iwa/, [msg('a document of iWork'), SAVE_CSV]],
]

const TEXTS: readonly (readonly [RegExp, Told])[] = [
  [
    /^# vtk DataFile|^<\?xml[\s\S]{0,300}<VTKFile|^<VTKFile/i,
    [msg('VTK data (fields on a mesh), which are not read here; export a table of a line through them, and open that')],
  ],
  [/^(<\?xml[\s\S]{0,400})?<svg\b/i, image('SVG')],
  [/^<!doctype html|^<html\b/i, [msg('a web page; save the data it shows as a table (csv, txt), and open that')]],
  [/^<\?xml|^<[a-z][\w:]*[\s>]/i, [msg('XML, which is not read'), EXPORT]],
  [
    /^solid [\s\S]{0,300}\bfacet\b|^ply\s|^\$MeshFormat|^OFF\s/,
    [msg('a mesh of a surface or body, which is not read; cells are drawn from shapes, see the cell editor')],
  ],
]

/** What a file is that holds neither a table nor a scenario, with what to do; undefined where it may. */
export function foreignFile(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, 512))
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) {
    const names = new TextDecoder('latin1').decode(head)
    return said(INSIDE.find(([pattern]) => pattern.test(names))?.[1] ?? archive('zip'))
  }
  if (text.startsWith('BM') && head.subarray(0, 64).includes(0)) return said(image('BMP'))
  const signed = SIGNATURES.find(({ bytes, at = 0 }) => text.startsWith(bytes, at))
  if (signed) return said(signed.what)
  const wide = /^(\xff\xfe|\xfe\xff)/.test(text)
  if (!wide && head.includes(0)) return said([msg('a binary file, which is not read'), EXPORT])
  const beginning = new TextDecoder()
    .decode(head.subarray(0, 2048))
    .replace(/^\uFEFF/, '')
    .trimStart()
  const told = TEXTS.find(([pattern]) => pattern.test(beginning))?.[1]
  return told && said(told)
}

const BY_HAND = msg(
  'its values can be entered by hand in a battery scenario: thickness, porosity, radius, conductivities, concentrations',
)

/** What a JSON is that holds no scenario, with what to do. */
export function foreignJson(raw: unknown): string | undefined {
  if (typeof raw === 'string' || typeof raw === 'number' || Array.isArray(raw))
    return Array.isArray(raw)
      ? said([
          msg(
            'a list (JSON), not a scenario; a scenario is an object with "family" and "cell"; for measurements write a table (csv)',
          ),
        ])
      : said([msg('a single value (JSON), not a scenario; open the file of a whole scenario')])
  if (typeof raw !== 'object' || raw === null) return undefined
  const has = (...keys: string[]) => keys.every((key) => key in raw)
  if (has('family') || has('cell', 'macro')) return undefined
  const text = JSON.stringify(raw).slice(0, 200_000)
  if (has('Parameterisation') || /"BPX"\s*:/.test(text))
    return said([
      msg('parameters of a battery in the BPX format, which name no structure that a cell could be drawn from'),
      BY_HAND,
    ])
  if (
    /"(NegativeElectrode|PositiveElectrode|negativeElectrode|positiveElectrode)"/.test(text) ||
    has('SimulationControl')
  )
    return said([msg('an input of BattMo, which names no structure that a cell could be drawn from'), BY_HAND])
  if (/pybamm/i.test(text) || /"[A-Z][^"]{3,60} \[(m|A|V|A\.h|mol\.m-3|S\.m-1|m2|K)\]"\s*:/.test(text))
    return said([
      msg('parameters of a battery as PyBaMM has them, which name no structure that a cell could be drawn from'),
      BY_HAND,
    ])
  if (has('type') && /"(FeatureCollection|Feature)"/.test(text)) return said([msg('a map (GeoJSON), not a scenario')])
  if (has('cells', 'nbformat')) return said([msg('a notebook (Jupyter); run it, and open the table it writes')])
  if (has('$schema', 'properties')) return said([msg('a schema (JSON Schema), not a scenario that follows it')])
  if (has('dependencies') || has('lockfileVersion')) return said([msg('a list of packages, not a scenario')])
  if (/^\{"[^"]+":\[[-\d.]/.test(text))
    return said([msg('columns of numbers as JSON; write them as a table with a header (csv), and open that')])
  return undefined
}
