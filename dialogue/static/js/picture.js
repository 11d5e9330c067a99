// A picture is made smaller on the phone before it is sent: that saves data, and what the camera wrote into it stays
// there. Where the browser cannot, it is sent as it is, and the server does the same.
const FULL_SIDE = 1600;
const PREVIEW_SIDE = 480;
const QUALITY = 0.85;
const DRAWN = "picture.jpg";

function drawn(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const brush = canvas.getContext("2d");
  // A JPEG has no glass in it.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function replace(input, blob) {
  const files = new DataTransfer();
  files.items.add(new File([blob], DRAWN, { type: "image/jpeg" }));
  input.files = files.files;
}

// What was drawn here before need not be drawn again.
const isDrawn = (file) => file.name === DRAWN && file.type === "image/jpeg";

for (const box of document.querySelectorAll("[data-picture]")) {
  const input = document.getElementById(box.dataset.picture);
  const preview = box.querySelector("[data-picture-preview]");
  const words = box.querySelector("[data-picture-words]");
  const show = () => { words.hidden = !input.files.length && preview.hidden; };

  input.addEventListener("change", async () => {
    const chosen = input.files[0];
    preview.hidden = true;
    show();
    if (!chosen) return;
    try {
      const bitmap = await createImageBitmap(chosen, { imageOrientation: "from-image" });
      if (input.files[0] !== chosen) return;
      if (!isDrawn(chosen)) {
        const blob = await new Promise((done) => drawn(bitmap, FULL_SIDE).toBlob(done, "image/jpeg", QUALITY));
        if (blob && input.files[0] === chosen) replace(input, blob);
      }
      preview.src = drawn(bitmap, PREVIEW_SIDE).toDataURL("image/jpeg", QUALITY);
      preview.hidden = false;
      bitmap.close();
    } catch {
      // It cannot be read here; the server says what is the matter.
    }
    show();
    input.dispatchEvent(new Event("chosen"));
  });
  show();
}
