// What nobody has graded yet is no zero. The server says in `open` how many points of which column that is.
for (const name of ["SubmittedNotebookUI", "SubmissionUI", "StudentSubmissionUI", "StudentSubmittedNotebookUI"]) {
  const view = window[name];
  if (view === undefined) continue;
  const stock = view.prototype.render;
  view.prototype.render = function () {
    const made = stock.apply(this, arguments);
    for (const [column, points] of Object.entries(this.model.get("open") || {})) {
      const shown = (value) => roundToPrecision(value, 2);
      const rest = shown(this.model.get("max_" + column) - points);
      const graded = rest > 0 ? shown(this.model.get(column)) + " / " + rest + ", " + shown(points) + " " : "";
      this.$el.find("." + column.replace("_", "-")).text(graded + "not graded yet");
    }
    return made;
  };
}
