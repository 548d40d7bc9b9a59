# frozen_string_literal: true

# Serves the observer with Puma on a free port of 127.0.0.1:
#
#   OBSERVER_API_KEY=secret ruby server.rb
#
# Prints "ready http://127.0.0.1:PORT" when it accepts connections, and ends when standard input closes,
# so that it cannot outlive whoever started it.

begin
  require "puma"
  require "puma/server"
  require_relative "app"
rescue LoadError => e
  abort "#{e.message}: ruby-actioncable or puma is missing. Run scripts/test once to install it."
end

server = Puma::Server.new(App.new)
server.add_tcp_listener("127.0.0.1", 0)
server.run
$stdout.puts "ready http://127.0.0.1:#{server.connected_ports.first}"
$stdout.flush

$stdin.read
exit!(0)
