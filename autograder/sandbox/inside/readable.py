"""Which files of this machine a worker may read: the standard library and shared libraries, each by itself.

Never `site-packages` as a whole: in a normal install the checks lie there.
"""

import glob
import os
import sys
import sysconfig

_NOT_OURS = ("site-packages", "dist-packages")


def standard_library() -> list[str]:
    """Each entry of it, and the interpreter. The folder itself cannot be listed, which importing does not need:

    the import system has listed it already in the fork server, and workers inherit that listing.
    """
    root = os.path.dirname(os.__file__)
    entries = [os.path.join(root, name) for name in os.listdir(root) if name not in _NOT_OURS]
    extensions = [path for path in sys.path if os.path.isdir(path) and path != root]
    # Debian links one module into /etc, which is not there under bubblewrap.
    return [path for path in [*entries, *extensions, sys.executable] if os.path.exists(path)]


def shared_libraries() -> list[str]:
    """What the dynamic linker may need when an extension module is imported late."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "."
    places = (sys.base_prefix + "/lib", "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
    folders = {os.path.realpath(os.path.join(place, name)) for place in places for name in (".", multiarch)}
    files = [path for folder in sorted(folders) for path in glob.glob(folder + "/*.so*")]
    caches = ["/etc/ld.so.cache"]
    return [path for path in files + caches if os.path.isfile(path)]
