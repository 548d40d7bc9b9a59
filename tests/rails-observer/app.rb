# frozen_string_literal: true

require_relative "observer"

# The Rack application: the observer socket, the little of Eyeson's REST that needs the rooms, and /control
# for the tests.
class App
  def call(env)
    request = Rack::Request.new(env)
    path = request.path_info.split("/").reject(&:empty?).map { |part| Rack::Utils.unescape(part) }
    case path.first
    when "rt" then ActionCable.server.call(env)
    when "rooms", "recordings", "snapshots" then rest(request, path)
    when "control" then control(request, path.drop(1))
    else answer(404, error: "not found")
    end
  rescue JSON::ParserError, KeyError => e
    answer(400, error: e.message)
  end

  private

  def rest(request, path)
    return answer(401, error: "unauthorized") unless request.get_header("HTTP_AUTHORIZATION") == KEY
    return answer(405, error: "method not allowed") unless request.get?

    case path
    in ["rooms"] then answer(200, Rooms.all.map(&:summary))
    in ["rooms", id, "users"] then with_room(id) { |room| answer(200, room.content["participants"]) }
    in ["rooms", _, "recordings" | "snapshots"] then answer(200, [])
    else answer(404, error: "not found")
    end
  end

  def control(request, path)
    case [request.request_method, *path]
    in ["POST", "rooms"] then create(JSON.parse(request.body.read))
    in ["GET", "rooms", id] then with_room(id) { |room| answer(200, id: id, subscribers: room.subscribers) }
    in ["POST", "rooms", id, "broadcast"] then with_room(id) { |room| broadcast(room, JSON.parse(request.body.read)) }
    in ["POST", "rooms", id, "end"] then with_room(id) { |room| finish(room) }
    in ["POST", "rooms", id, "drop"] then with_room(id) { |room| drop(room) }
    in ["POST", "restart"] then restart
    else answer(404, error: "not found")
    end
  end

  def create(content)
    id = content.fetch("id")
    defaults = {
      "name" => id, "ready" => true, "started_at" => Time.now.utc.iso8601(3), "shutdown" => false,
      "guest_token" => SecureRandom.alphanumeric(24), "options" => {}, "participants" => [],
      "playbacks" => [], "presentation" => nil, "broadcasts" => [], "recording" => nil
    }
    Rooms.add(Room.new(id, defaults.merge(content), 0))
    answer(201, id: id)
  end

  # What is broadcast as room_update is the room's state from then on.
  def broadcast(room, message)
    room.content = message["content"] if message["type"] == "room_update"
    ActionCable.server.broadcast(room.broadcasting, message)
    answer(202, id: room.id)
  end

  # Gone first: whoever comes back at once must find it gone.
  def finish(room)
    Rooms.remove(room.id)
    broadcast(room, { "type" => "room_update", "content" => room.content.merge("shutdown" => true) })
  end

  def drop(room)
    ActionCable.server.remote_connections.where(room_id: room.id).disconnect
    answer(202, id: room.id)
  end

  def restart
    ActionCable.server.restart
    answer(202, restarted: true)
  end

  def with_room(id)
    room = Rooms.find(id)
    room ? yield(room) : answer(404, error: "no such room")
  end

  def answer(status, body)
    [status, { "Content-Type" => "application/json" }, [JSON.generate(body)]]
  end
end
