"""What a remote address tells about whose it is."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address


def device_key(address: str) -> str:
    """What is counted as one device: an IPv4 address whole, an IPv6 one by the 64 bits that one line is given."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False))
    return address if parsed is None else str(parsed)


def is_this_machine(address: str) -> bool:
    """Whether it comes from a loopback address."""
    parsed = _parsed(address)
    return parsed is not None and parsed.is_loopback


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed
