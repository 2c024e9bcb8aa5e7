# What the lines of examples find in their shell: they are run by shell_test.go.
set -Eeuo pipefail
AT='before the first line'
trap 'trap - ERR; echo "FAILED: $AT" >&2' ERR
trap 'set +e; kill $(jobs -p) 2>/dev/null; wait' EXIT
PASSWORD='correct horse'

# curl fails on responses of 400 and above, and reaches the server for :9000.
curl() {
	command curl --fail-with-body --max-time 60 --connect-to "localhost:9000:$SERVER" "$@"
}

# serve starts a server in the background, and returns when it listens.
serve() {
	rm -f listening
	mkfifo listening
	"$@" --address 127.0.0.1:0 --metrics-address 127.0.0.1:0 >listening 2>>server.log &
	exec {listening}<listening
	local line
	while IFS= read -r line <&"$listening"; do
		case $line in
		"Listening on "*)
			line=${line#Listening on }
			SERVER=${line%%,*}
			return ;;
		esac
	done
	cat server.log >&2
	return 1
}

# fresh goes to a new folder with the demo shop.
fresh() {
	cd "$HOME"
	rm -rf fresh
	mkdir fresh
	cd fresh
	cp "$HOME/gorgon.db" .
}
