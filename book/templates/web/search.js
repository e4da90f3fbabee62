// Finds films by their facts. It works from a folder as from a server, and asks nobody for anything.
(() => {
    'use strict'
    const form = document.querySelector('form.search')
    if (form) form.hidden = false

    const list = document.getElementById('hits')
    const films = window.filmguideFilms
    if (!list || !films) return

    // As the index was folded: without case, without marks, and with these letters as others write them.
    const others = { 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ı': 'i', 'þ': 'th', 'ð': 'd', 'ħ': 'h' }
    const fold = text => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
        .replace(/[øłđßæœıþðħ]/g, letter => others[letter])

    const show = question => {
        const words = fold(question).split(/\s+/).filter(Boolean)
        const hits = words.length ? films.filter(([, , , , sought]) => words.every(word => sought.includes(word))) : []
        // A film whose title has the words comes before one whose people have them.
        const titled = ([, , , title]) => words.every(word => title.includes(word))
        hits.sort((one, other) => titled(other) - titled(one))
        list.replaceChildren(...hits.map(([file, title, said]) => {
            const item = document.createElement('li')
            const link = document.createElement('a')
            link.href = file
            link.textContent = title
            const more = document.createElement('span')
            more.className = 'year'
            more.textContent = ` ${said}`
            item.append(link, more)
            return item
        }))
        const found = document.getElementById('found')
        if (!words.length) found.textContent = ''
        else found.textContent = hits.length ? found.dataset.found.replace('{}', hits.length) : found.dataset.none
    }

    const asked = new URLSearchParams(location.search).get('q') ?? ''
    const field = document.getElementById('q')
    field.value = asked
    show(asked)
    field.addEventListener('input', () => show(field.value))
    form.addEventListener('submit', event => {
        event.preventDefault()
        show(field.value)
    })
    if (!asked) field.focus()
})()
