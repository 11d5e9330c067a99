"""Files of an action: what may be sent, what becomes of pictures, and who opens what."""

import io
import resource

import pytest
from PIL import Image, ImageOps
from sqlalchemy import func, select

from dialogue import scheduler
from dialogue.actions import attaching, handing, uploads
from dialogue.actions.models import Action, Attachment
from dialogue.actions.uploads import Upload
from dialogue.base import pictures
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.test_links import link_in

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def photo(size=(40, 30), kind="JPEG"):
    """A picture that tells where and with what it was taken."""
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6  # held on its side
    exif[0x8825] = {1: "N", 2: (59.0, 16.0, 0.0)}
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()


def send(client, path, content, name="plan.pdf", **values):
    """Send a file as the form does."""
    page = client.get(path)
    form = page.form("/files")
    hidden = {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")}
    data = {"audience": "internal", **hidden, **values, "file": (io.BytesIO(content), name)}
    answer = client.browser.post(
        form["action"], data=data, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=True
    )
    return client._seen(answer)


def files(read):
    return read(select(Attachment).order_by(Attachment.id))


def test_the_owner_puts_a_file_with_it_by_link(client, scene, mails, read):
    scene.accepted()
    address = link_in(mails()[0])
    page = send(client, client.get(address).link("Add or remove files"), PDF, "../My <plan>.exe")
    assert "My _plan_.pdf" in page.text
    (file,) = files(read)
    assert (file.media_type, file.is_public, file.size) == ("application/pdf", False, len(PDF))
    assert file.organisation_id == scene.owner.id
    answer = client.browser.get(page.link("My _plan_.pdf"))
    assert answer.data == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "My _plan_.pdf" in client.get(address).text
    assert any("File added" in change.public_text.get("en") for change in read(select(StatusChange)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_nothing_of_where_it_was_taken(kind):
    before = photo(kind=kind)
    assert b"Secret Camera" in before
    upload = uploads.checked("beach.jpeg", before)
    assert b"Secret Camera" not in upload.content
    with Image.open(io.BytesIO(upload.content)) as after:
        assert len(after.getexif()) == 0
        # It stands as it was seen, since how the camera was held is not told any more.
        assert after.size == (30, 40)
        assert after.format == kind
    assert upload.name == ("beach.jpg" if kind == "JPEG" else "beach.png")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_it_was_held(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.new("RGB", (40, 30))
    image.paste((250, 250, 250), (0, 0, 20, 10))
    written = io.BytesIO()
    image.save(written, "PNG", exif=exif)
    with (
        Image.open(io.BytesIO(uploads.checked("x.png", written.getvalue()).content)) as after,
        Image.open(written) as before,
    ):
        assert after.tobytes() == ImageOps.exif_transpose(before).tobytes()


@pytest.mark.parametrize("tag", [0x011A, 0x0102])
def test_a_picture_with_odd_words_of_its_camera_is_taken(tag):
    exif = Image.Exif()
    exif[0x0112] = 6
    odd = bytearray(exif.tobytes())
    # After six letters of Exif and eight of TIFF stands how many entries there are. One more: bytes, where the
    # tag asks for a fraction or a number.
    order = "big" if odd[6:8] == b"MM" else "little"
    odd[14:16] = (2).to_bytes(2, order)
    odd[28:28] = tag.to_bytes(2, order) + (7).to_bytes(2, order) + (4).to_bytes(4, order) + b"abcd"
    written = io.BytesIO()
    Image.new("RGB", (40, 30)).save(written, "JPEG", exif=bytes(odd))
    with Image.open(io.BytesIO(uploads.checked("x.jpg", written.getvalue()).content)) as after:
        assert after.size == (30, 40)


def test_a_small_file_of_a_large_picture_does_not_fill_the_memory():
    written = io.BytesIO()
    Image.new("RGB", (6000, 6000)).save(written, "PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    uploads.checked("x.png", written.getvalue())
    # In kilobytes: its 108 million bytes stand there once, and what is made of them is a sixth of that.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 160_000


def test_a_large_picture_is_made_smaller():
    with Image.open(io.BytesIO(uploads.checked("x.png", photo((5000, 100), "PNG")).content)) as after:
        assert max(after.size) == uploads.LONGEST_SIDE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 50,
        b"PK\x03\x04" + b"\0" * 50,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"\xff\xd8\xff\xe0" + b"\0" * 50,
    ],
)
def test_what_is_neither_a_pdf_nor_a_picture_is_refused_whatever_it_is_called(content):
    with pytest.raises(Invalid) as refused:
        uploads.checked("fine.pdf", content)
    assert refused.value.field == "file"


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setitem(pictures._MOST_POINTS, pictures.PNG, 100)
    with pytest.raises(Invalid):
        uploads.checked("x.png", photo((20, 20), "PNG"))


def test_a_file_that_is_too_large_is_refused_with_words(client, scene, read):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    path = f"/en/desk/actions/{action.code}/files"
    page = send(client, path, PDF + b"\0" * uploads.LARGEST)
    assert page.status == 422
    assert any("too large" in error for error in page.errors)
    assert send(client, path, PDF + b"\0" * (2 * 1024 * 1024)).status == 200
    far_too_large = client.browser.post(
        path, data={"file": (io.BytesIO(b"\0" * 7_000_000), "x")}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert far_too_large.status_code == 413
    # Pages without files take no more than before.
    other = client.browser.post(
        f"/en/desk/actions/{action.code}?step=report",
        data={"x": (io.BytesIO(b"\0" * 2_000_000), "x")},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert other.status_code == 413
    assert len(files(read)) == 1


def test_without_a_file_the_form_says_so(client, scene):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    page = client.send(client.get(f"/en/desk/actions/{action.code}/files"), action="/files")
    assert page.status == 422
    assert any("Choose a file" in error for error in page.errors)


def test_what_is_public_is_opened_by_anybody_while_the_action_is(client, scene, read):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    page = f"/en/desk/actions/{action.code}/files"
    version = read(select(Dialogue.version))
    send(client, page, photo(), "before.jpg", audience="everybody")
    send(client, page, PDF, "money.pdf")
    assert read(select(Dialogue.version)) != version
    shown, hidden = files(read)
    stranger = type(client)(client.house)
    public = stranger.get(f"/en/actions/{action.code}")
    assert "before.jpg" in public.text
    assert "money.pdf" not in public.text
    answer = stranger.browser.get(public.link("before.jpg"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert stranger.get(f"/en/actions/{action.code}/files/{hidden.code}").status == 404
    assert stranger.get(f"/en/actions/{scene.accepted().code}/files/{shown.code}").status == 404
    with scene.make.database.writing() as session:
        session.get_one(Action, action.id).is_internal = True
    assert stranger.get(f"/en/actions/{action.code}/files/{shown.code}").status == 404


def test_a_new_owner_does_not_open_what_the_former_kept_internal(client, scene, mails, read, database, house):
    action = scene.accepted()
    upload = Upload("ours.pdf", uploads.PDF, PDF)
    with database.writing() as session:
        attaching.attach(session, house.files, scene.owning, scene.again(action.id, session), upload, False)
    (file,) = files(read)
    other = scene.new_owner()
    scene.take(handing.offer, scene.owning, action, other.id, "")
    scene.take(handing.agree_offer, scene.organising, action, action.due_on)
    address = link_in(mails()[-1])
    assert "ours.pdf" not in client.get(f"{address}/files").text
    assert client.get(f"{address}/files/{file.code}").status == 404
    assert client.post(f"{address}/files/{file.code}/remove").status == 404
    client.sign_in(scene.partner_of(other))
    assert client.get(f"/en/desk/actions/{action.code}/files/{file.code}").status == 404
    client.sign_in(scene.organiser)
    assert client.browser.get(f"/en/desk/actions/{action.code}/files/{file.code}").data == PDF


def test_a_file_is_taken_away_and_then_swept(client, scene, read, house, database):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    path = f"/en/desk/actions/{action.code}/files"
    send(client, path, PDF)
    (file,) = files(read)
    age = scheduler.OLD_ENOUGH
    try:
        scheduler.OLD_ENOUGH = -age
        scheduler.sweep_files(house, database)
        assert house.files.get(file.file) == PDF
        page = client.send(client.get(path), action="/remove")
        assert "No files yet" in page.text
        scheduler.sweep_files(house, database)
    finally:
        scheduler.OLD_ENOUGH = age
    with pytest.raises(FileNotFoundError):
        house.files.get(file.file)
    assert any("File removed" in change.public_text.get("en") for change in read(select(StatusChange)))


def test_the_same_file_twice_is_one_and_there_is_an_end_to_them(scene, database, house, monkeypatch, read):
    action = scene.accepted()
    monkeypatch.setattr(attaching, "MOST_FILES", 2)
    with database.writing() as session:
        current = scene.again(action.id, session)
        for content in (b"1", b"1", b"2"):
            upload = Upload("x.pdf", uploads.PDF, content)
            attaching.attach(session, house.files, scene.organising, current, upload, False)
        upload = Upload("x.pdf", uploads.PDF, b"3")
        with pytest.raises(Closed):
            attaching.attach(session, house.files, scene.organising, current, upload, False)
    assert read(select(func.count(Attachment.id))) == [2]


def test_a_stranger_and_a_reader_put_no_files(scene, database, house, make):
    action = scene.accepted()
    stranger = actor_of(scene.partner_of(scene.new_owner()))
    reader = make.actor(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id)
    for who in (stranger, reader):
        upload = Upload("x.pdf", uploads.PDF, PDF)
        with database.writing() as session:
            current = scene.again(action.id, session)
            with pytest.raises(NotAllowed):
                attaching.attach(session, house.files, who, current, upload, True)
