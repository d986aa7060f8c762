"""The agenda of a sitting: items, their documents' titles and the polls that belong to them."""

import msgspec


class Document(msgspec.Struct, frozen=True):
    """A document before the sitting; only its title travels with the agenda."""

    title: str


class AgendaItem(msgspec.Struct, frozen=True):
    """One item (议程); `polls` are ids of the polls put to the sitting under it."""

    id: str
    title: str
    documents: tuple[Document, ...] = ()
    polls: tuple[str, ...] = ()
