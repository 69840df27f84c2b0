"""Sorts what comes in: a story to read, a copy of one, something read before; and reports names that clash."""

from dataclasses import dataclass

from detente.model.document import Copy, Document
from detente.model.ids import content_id
from detente.model.protocols import Reader, Store
from detente.model.run import Refusal
from detente.pipeline.batch import Story
from detente.sources.duplicates import Likeness, StoryIndex, is_current, likeness, signature


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a document turned out to be; neither story nor copy means that this reader version has read it."""

    story: Story | None = None
    copy: Copy | None = None
    clash: Refusal | None = None


class Sifter:
    """Knows every story of the record and of this run; of the texts it holds only those not yet written."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader
        self._index = StoryIndex()
        self._met: set[str] = set()
        self._unwritten: dict[str, Document] = {}
        # Signatures that an older scheme made are made anew from the texts.
        self._index.load(
            (document, signed if is_current(signed) else signature(store.text(document) or ""))
            for document, signed in store.signatures()
        )

    def sift(self, document: Document) -> Sifted:
        """Decide on one document."""
        if document.id in self._met:
            return Sifted(copy=_copy(document, document.id, Likeness("exact", 1.0)))
        if document.id in self._index:
            self._met.add(document.id)
            if self._store.has_reading(document.id, self._reader.name, self._reader.version):
                return Sifted()
            return Sifted(story=self._story(document, signature(document.text)))
        signed = signature(document.text)
        copy = self._copy_of_earlier(document, signed)
        clash = self._clash(document, copy)
        if copy is not None:
            return Sifted(copy=copy, clash=clash)
        self._met.add(document.id)
        self._index.add(document.id, signed)
        return Sifted(story=self._story(document, signed), clash=clash)

    def written(self, documents: tuple[Document, ...]) -> None:
        """Let go of the texts of documents that the record now holds."""
        for document in documents:
            self._unwritten.pop(document.id, None)

    def _story(self, document: Document, signed: bytes) -> Story:
        self._unwritten[document.id] = document
        return Story(document, signed)

    def _copy_of_earlier(self, document: Document, signed: bytes) -> Copy | None:
        near: Copy | None = None
        for story in self._index.find(signed):
            text = self._text(story)
            found = likeness(document.text, text) if text is not None else None
            if found is not None and found.kind == "exact":
                return _copy(document, story, found)
            if found is not None and near is None:
                near = _copy(document, story, found)
        return near

    def _text(self, story: str) -> str | None:
        held = self._unwritten.get(story)
        return self._store.text(story) if held is None else held.text

    def _clash(self, document: Document, copy: Copy | None) -> Refusal | None:
        """Report that another text bears the same name; both texts are kept."""
        if document.name is None or (copy is not None and copy.kind == "exact"):
            return None
        others = {held.id for held in self._unwritten.values() if held.name == document.name}
        others.update(self._store.named(document.name))
        others.discard(document.id)
        if not others:
            return None
        kept = "both are kept" if copy is None else f"this one is kept as a copy of {copy.document}"
        return Refusal(
            document.origin or document.id,
            f"id {document.name!r} already names a different text ({min(others)}); {kept}",
            "one id for each text",
        )


def _copy(document: Document, story: str, found: Likeness) -> Copy:
    """Record an appearance; one with the story's own id is told apart by where it appeared."""
    own = document.id != story
    return Copy(
        id=document.id if own else content_id("copy", document.id, document.url, document.origin),
        document=story,
        kind=found.kind,
        similarity=found.similarity,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        origin=document.origin,
    )
