"""One SOAP service of a stand-in as a route: it misbehaves when told to, checks the request by its schema, and answers."""

from collections.abc import Callable

from lxml import etree
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulators import behaviour, soap
from simulators.contracts import Contracts
from simulators.store import Store

Handler = Callable[[Store, etree._Element], etree._Element]


def service(path: str, stand_in: str, name: str, handler: Handler) -> Route:
    """A route that takes `name` messages for the stand-in and answers them with what `handler` gives."""

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        store: Store = request.app.state.store
        contracts: Contracts = request.app.state.contracts
        if failure := await behaviour.misbehave(store, stand_in):
            return failure
        try:
            message = soap.message_of(body)
        except soap.BadRequest as error:
            return soap.fault("Client", str(error))
        if etree.QName(message).localname != name:
            return soap.fault("Client", f"expected {name}")
        if flaws := contracts.flaws(message):
            return soap.fault("Client", "; ".join(flaws))
        return soap.answer(handler(store, message))

    return Route(path, endpoint, methods=["POST"])
