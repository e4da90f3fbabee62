// A book in epub.js, behind the few verbs that reading.mjs knows.
/* global ePub */
import { onceQuiet, styleOf } from './looking.js'

let book, rendition, look
const contents = () => rendition.getContents()[0]

// epub.js gives paths from the package file on, foliate-js from the archive's root; the latter are ours.
const whole = href => book.resolve(href, false).replace(/^\//, '')
const own = path => path.slice(whole('x').length - 1)

const put = doc => {
    let style = doc.querySelector('style.look')
    if (!style) {
        style = doc.createElementNS('http://www.w3.org/1999/xhtml', 'style')
        style.className = 'look'
        doc.head.append(style)
    }
    style.textContent = styleOf(look)
}

window.reader = {
    async open(wanted) {
        look = wanted
        document.body.style.background = look.paper
        book = ePub(await (await fetch('/book.epub')).arrayBuffer())
        rendition = book.renderTo('page', { width: '100%', height: '100%', flow: 'paginated', spread: 'none' })
        rendition.hooks.content.register(contents => put(contents.document))
        await rendition.display()
        await book.loaded.pageList
        await onceQuiet(contents().document)
    },
    async restyle(wanted) {
        look = wanted
        document.body.style.background = look.paper
        const { href } = contents().document.defaultView ? rendition.currentLocation().start : {}
        rendition.clear()
        await rendition.display(href)
        await onceQuiet(contents().document)
    },
    async next() {
        if (rendition.currentLocation().atEnd) return false
        await rendition.next()
        return true
    },
    async goTo(path) {
        await rendition.display(own(path))
        await onceQuiet(contents().document)
    },
    here: () => contents() && whole(book.spine.get(contents().sectionIndex).href),
    doc: () => contents().document,
    frame: () => contents().document.defaultView.frameElement.getBoundingClientRect(),
    linear: () => book.spine.spineItems.filter(item => item.linear).map(item => whole(item.href)),
    contents: () => book.navigation.toc.flatMap(function flat(item) {
        return [whole(item.href), ...item.subitems.flatMap(flat)]
    }),
    pageList: () => (book.pageList.pageList ?? []).map(({ page, href }) => [String(page), whole(href)]),
}
