// A book in foliate-js, behind the few verbs that reading.mjs knows.
import '/node_modules/foliate-js/view.js'
import { onceQuiet, styleOf } from './looking.js'

const view = document.createElement('foliate-view')
const contents = () => view.renderer.getContents()[0]

const restyle = async look => {
    document.body.style.background = look.paper
    view.renderer.setStyles(styleOf(look))
    await onceQuiet(contents()?.doc)
}

window.reader = {
    async open(look) {
        document.body.append(view)
        const file = await (await fetch('/book.epub')).blob()
        await view.open(new File([file], 'book.epub', { type: 'application/epub+zip' }))
        view.renderer.setAttribute('max-column-count', '1')
        view.renderer.setStyles(styleOf(look))
        document.body.style.background = look.paper
        await view.init({})
        await onceQuiet(contents().doc)
    },
    restyle,
    // Whether there was a page to turn to.
    async next() {
        if (view.renderer.atEnd) return false
        await view.next()
        return true
    },
    async goTo(href) {
        await view.goTo(href)
        await onceQuiet(contents().doc)
    },
    here: () => view.book.sections[contents().index].id,
    doc: () => contents().doc,
    // The part of the window in which a page is seen.
    frame: () => contents().doc.defaultView.frameElement.getBoundingClientRect(),
    linear: () => view.book.sections.filter(section => section.linear !== 'no').map(section => section.id),
    contents: () => (view.book.toc ?? []).flatMap(function flat(item) {
        return [item.href, ...(item.subitems ?? []).flatMap(flat)]
    }),
    pageList: () => (view.book.pageList ?? []).map(({ label, href }) => [label.trim(), href]),
}
