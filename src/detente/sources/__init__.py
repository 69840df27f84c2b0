"""Where reports and events come from: files, pages, feeds, archives; event data files."""
