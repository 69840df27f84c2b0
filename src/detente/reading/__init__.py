"""Document → Reading: sentences, mentions, actors, times, statements, events, factuality, claims."""
