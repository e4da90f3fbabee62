// What a reader of flesh and blood would see of a document that a reading program has laid out.

// How reading programs commonly set a book: paper and ink, size, and nothing of the book's own overruled
// but the colour of links, which stay blue on white where a book says nothing.
export const styleOf = ({ paper, ink, link, size }) => `
    html { color-scheme: ${paper === '#ffffff' ? 'light' : 'dark'}; font-size: ${size}% !important; }
    html, body { background: ${paper} !important; color: ${ink} !important; }
    a:link { color: ${link}; }
`

// Once fonts and pictures are there and two frames have been painted.
export const onceQuiet = async doc => {
    await doc?.fonts?.ready
    await Promise.all([...doc?.images ?? []].map(image => image.decode().catch(() => {})))
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
}

// Goes to a document, and waits until it is there with its words: on a busy machine a reading program may
// say that it has arrived while the last document, or an empty one, still stands.
export const arrive = async (reader, href) => {
    await reader.goTo(href)
    const there = () => reader.here() === href && reader.doc()?.readyState === 'complete' &&
        reader.doc().body?.textContent.trim()
    for (let waited = 0; waited < 10_000 && !there(); waited += 50) {
        await new Promise(done => setTimeout(done, 50))
    }
    await onceQuiet(reader.doc())
}

// The columns of a document: where the first begins, how wide all are, how far apart they begin.
const columnsOf = doc => {
    for (const element of [doc.documentElement, doc.body]) {
        const style = doc.defaultView.getComputedStyle(element)
        if (style.columnWidth === 'auto') continue
        const [left, right, gap] = [style.paddingLeft, style.paddingRight, style.columnGap].map(parseFloat)
        const box = element.getBoundingClientRect()
        const inside = box.width - left - right
        const count = Math.max(1, Math.floor((inside + gap) / (parseFloat(style.columnWidth) + gap)))
        const width = (inside - gap * (count - 1)) / count
        const rtl = style.direction === 'rtl'
        return { rtl, start: rtl ? box.right - right : box.left + left, width, step: width + gap, foot: box.bottom }
    }
    throw new Error('the document is not set in columns')
}

const visible = element => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false
    for (let each = element; each; each = each.parentElement) {
        const { clip, clipPath } = each.ownerDocument.defaultView.getComputedStyle(each)
        if (clip !== 'auto' || clipPath !== 'none') return false
    }
    return true
}

const textsOf = function* (doc) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.data.trim() && visible(node.parentElement)) yield node
    }
}

const nameOf = node => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
    const words = (node.data ?? element.getAttribute('alt') ?? '').trim().slice(0, 50)
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${words}`
}

// Every piece of text and every picture that leaves its column, by how many pixels.
export const overflowOf = doc => {
    const { rtl, start, width, step, foot } = columnsOf(doc)
    const outside = []
    const judge = (node, rect) => {
        if (!rect.width || !rect.height) return
        const from = rtl ? start - rect.right : rect.left - start
        const within = from - step * Math.floor((from + 1) / step)
        const over = Math.max(-within, within + rect.width - width, rect.bottom - foot)
        if (over > 1.5) outside.push(`${nameOf(node)}: ${Math.round(over)} px`)
    }
    const range = doc.createRange()
    for (const node of textsOf(doc)) {
        range.selectNodeContents(node)
        for (const rect of range.getClientRects()) judge(node, rect)
    }
    for (const picture of doc.querySelectorAll('img, svg, hr')) judge(picture, picture.getBoundingClientRect())
    return outside
}

// Pictures that did not come up.
export const brokenOf = doc =>
    [...doc.images].filter(image => !image.naturalWidth).map(image => image.getAttribute('src'))

const channels = colour => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
    return { rgb: [red, green, blue], alpha }
}

const luminance = rgb => {
    const [red, green, blue] = rgb.map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const ratio = (one, other) => {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (lighter + 0.05) / (darker + 0.05)
}

const over = (upper, alpha, lower) => upper.map((value, place) => value * alpha + lower[place] * (1 - alpha))

// Text whose contrast with what lies behind it is less than 7 to 1. A link's colour is the reading
// program's to choose, so it is not the book's fault where the book sets none.
export const faintOf = (doc, paper) => {
    const own = channels(`rgb(${[1, 3, 5].map(at => parseInt(paper.slice(at, at + 2), 16)).join()})`).rgb
    const faint = []
    for (const node of textsOf(doc)) {
        const style = element => doc.defaultView.getComputedStyle(element)
        const inSvg = node.parentElement instanceof doc.defaultView.SVGElement
        const ink = channels(style(node.parentElement)[inSvg ? 'fill' : 'color'])
        const line = []
        for (let each = node.parentElement; each; each = each.parentElement) line.push(each)
        const opacity = line.reduce((sum, each) => sum * Number(style(each).opacity), 1)
        const behind = line.reverse().reduce((below, each) => {
            const { rgb, alpha } = channels(style(each).backgroundColor)
            return over(rgb, alpha, below)
        }, own)
        const contrast = ratio(over(ink.rgb, ink.alpha * opacity, behind), behind)
        if (contrast < 7) faint.push(`${nameOf(node)}: ${contrast.toFixed(1)}`)
    }
    return faint
}

// The smallest type, in pixels as they are seen: in drawings, letters shrink with the drawing.
export const smallestOf = doc => {
    let smallest = Infinity
    for (const node of textsOf(doc)) {
        const element = node.parentElement
        const scale = element.getScreenCTM ? element.getScreenCTM().a : 1
        smallest = Math.min(smallest, parseFloat(doc.defaultView.getComputedStyle(element).fontSize) * scale)
    }
    return smallest === Infinity ? null : Math.round(smallest * 10) / 10
}

// Whether a place in the document is on the page that is shown.
export const shown = (doc, fragment) => {
    const element = doc.getElementById(fragment)
    if (!element) return false
    const frame = doc.defaultView.frameElement.getBoundingClientRect()
    const range = doc.createRange()
    range.selectNode(element)
    const rect = element.getClientRects()[0] ?? range.getBoundingClientRect()
    const [left, top] = [frame.left + rect.left, frame.top + rect.top]
    return left >= -1 && left <= innerWidth + 1 && top >= -1 && top <= innerHeight + 1
}
