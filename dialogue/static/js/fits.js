// A list that offers only what fits the answer to another question; the server says no to the rest anyway.
for (const list of document.querySelectorAll("select[data-fits-choice]")) {
  const answers = Array.from(list.form.elements).filter((one) => one.name === list.dataset.fitsChoice);
  const show = () => {
    const chosen = answers.find((one) => one.checked)?.value;
    for (const option of list.options) {
      const fits = !chosen || !option.dataset.fits || option.dataset.fits.split(" ").includes(chosen);
      option.hidden = option.disabled = !fits;
    }
    if (list.selectedOptions[0]?.disabled) list.value = "";
  };
  for (const answer of answers) answer.addEventListener("change", show);
  show();
}
