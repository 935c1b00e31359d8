"""Right solutions that differ from ours, as students write them: `VARIANTS` maps a name to source text."""
