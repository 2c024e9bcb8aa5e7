#!/usr/bin/env bash
# Builds the static binaries of a release into dist/, with their checksums. The
# version is VERSION, else what git calls the commit; the binaries print it.
set -euo pipefail
go=${GO:-go}
version=${VERSION:-$(git describe --tags --always --dirty)}
rm -rf dist
mkdir dist
for os in linux darwin windows; do
	for arch in amd64 arm64; do
		file=dist/gorgon_${version}_${os}_$arch
		[ $os != windows ] || file=$file.exe
		CGO_ENABLED=0 GOOS=$os GOARCH=$arch $go build -trimpath \
			-ldflags "-s -w -X github.com/gorgon-commerce/gorgon/cli.release=$version" -o "$file" ./cmd/gorgon
		echo "$file"
	done
done
cd dist
if command -v sha256sum >/dev/null; then sha256sum gorgon_*; else shasum -a 256 gorgon_*; fi >SHA256SUMS
# The linker passes over a variable that it does not find.
grep -q " $version (" <("./gorgon_${version}_$($go env GOHOSTOS)_$($go env GOHOSTARCH)"* --version)
