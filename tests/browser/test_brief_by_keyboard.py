"""The brief, made of sixty ideas with the keyboard alone."""

from io import BytesIO

from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser import sitemap
from tests.browser.handling import field, follow, make_drip, path_of
from tests.browser.keys import Keys

PLACES = (
    "ved brua", "på torget", "ved skolen", "på kaia", "bak butikken", "i parken",
    "ved kirken", "på stien", "ved hallen", "i bakken", "ved stoppet", "på stranda",
)  # fmt: skip
# A theme's name, the word by which its ideas are found, and its three lines.
THEMES = (
    ("Lys", "lampe", "Det er for mørkt å gå hjem.", "Tenn lampene før mørket.", "Teknisk drift"),
    ("Benker", "benk", "Ingen steder å sitte.", "Sett ut tolv benker i vår.", "Teknisk drift"),
    ("Voksne ute", "voksen", "Ingen voksne når det er sent.", "Gå faste runder.", "Natteravnene"),
    ("Rent og pent", "dunk", "Søppel ligger og flyter.", "Flere dunker før sommeren.", "Velforeningen"),
    ("Senere buss", "avgang", "Siste buss går for tidlig.", "Spør fylket om én avgang til.", "Kommunen"),
)
FIFTEEN_MINUTES = 15 * 60
# What it takes to read an idea's few words.
SECONDS_TO_READ = 3


def give_sixty_ideas(context: BrowserContext, page: Page) -> None:
    """What lies there when the organiser sits down: sixty ideas in no theme."""
    follow(page, "/desk/boards/")
    page.wait_for_url("**/desk/boards/*")
    path = path_of(page) + "/enter"
    for place in PLACES:
        for _name, word, *_lines in THEMES:
            told = {"title": f"En {word} {place}", "text": "", "label": "Klasse A", "language": "nb"}
            answer = sitemap.send(context, path, told)
            assert answer.ok


def gather(keys: Keys) -> None:
    """Make the themes, find what belongs to each by a word, and put it there."""
    page = keys.page
    for number, (name, *_rest) in enumerate(THEMES):
        if number:
            keys.push(page.locator("#themes details > summary").first)
        keys.write(field(page, "title-nb"), name)
        keys.write(field(page, "title-nn"), name)
        keys.follow(page.locator("#themes details form button"))
    for name, word, *_lines in THEMES[:-1]:
        keys.write(field(page, "q"), word)
        with page.expect_navigation():
            keys.press("Enter")
        keys.follow(page.locator('#unplaced a[href*="all=1"]'))
        place_ticked(keys, name)
    keys.follow(page.locator("#unplaced form[role=search] > a"))
    for box in page.locator("main [name=chosen]").all():
        keys.tick(box)
    place_ticked(keys, THEMES[-1][0])
    expect(page.locator("main [name=chosen]")).to_have_count(0)


def place_ticked(keys: Keys, name: str) -> None:
    """Put what is ticked into the theme with this name."""
    page = keys.page
    keys.follow(page.locator("[data-pile]", has_text=name))
    expect(page.locator(".undo")).to_contain_text("12")


def write_words(keys: Keys) -> None:
    """Three lines for each theme, and the quotes that are proposed for the first of them."""
    page = keys.page
    keys.follow(page.locator('main a[href$="/brief"]').first)
    keys.follow(page.locator('main a[href$="/brief/words"]').first)
    for part, (_name, _word, *lines) in zip(
        page.locator("main form fieldset:has(textarea)").all(), THEMES, strict=True
    ):
        for place, text in zip(part.locator("textarea, input[type=text]").all(), lines, strict=True):
            keys.write(place, text)
    keys.follow(page.locator("main form button[type=submit]").last)
    keys.follow(page.locator('main a[href$="/quotes"]').first)
    for box in page.locator("main [name^=use-]").all()[:2]:
        keys.tick(box)
    keys.follow(page.locator("main form button[type=submit]").last)


def send_to_a_body(keys: Keys) -> None:
    """Write down the steering meeting, and send it a version."""
    page = keys.page
    keys.follow(page.locator('main a[href$="/bodies"]').first)
    keys.follow(page.locator('main a[href$="/bodies/new"]').first)
    keys.write(field(page, "name-nb"), "Styringsmøtet")
    keys.write(field(page, "name-nn"), "Styringsmøtet")
    keys.tick(field(page, "power").first)
    keys.follow(page.locator("main form button[type=submit]").last)
    keys.follow(page.locator("main .back"))
    keys.follow(page.locator('main a[href$="/brief"]').first)
    keys.follow(page.locator('main a[href$="/brief/send"]').first)
    keys.tick(page.locator("main [name^=to-]").first)
    keys.tick(field(page, "language").first)
    keys.follow(page.locator("main form button[type=submit]").last)
    page.wait_for_url("**/sent-to")


def test_sixty_ideas_become_a_brief_by_keyboard_in_a_quarter_of_an_hour(desktop: Page) -> None:
    page = desktop
    sitemap.sign_in(page.context, "police")
    desk = make_drip(page, "Hva skal til her")
    give_sixty_ideas(page.context, page)
    page.goto(desk)
    keys = Keys(page)
    keys.follow(page.locator(f'main a[href$="{desk}/themes"]').first)
    expect(page.locator("#unplaced h2")).to_contain_text("60")
    gather(keys)
    write_words(keys)
    send_to_a_body(keys)
    assert keys.seconds + 60 * SECONDS_TO_READ < FIFTEEN_MINUTES
    links = [page.locator(f'main a[href$="/{kind}"]').get_attribute("href") for kind in ("pdf", "docx")]
    pdf, docx = (page.request.get(str(link)).body() for link in links)
    assert docx.startswith(b"PK")
    sheet = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for name, _word, says, *_rest in THEMES:
        assert name in sheet
        assert says in sheet
