# frozen_string_literal: true

# Eyeson's Meeting Observer as a Rails server would serve it: the real ActionCable server, without
# the rest of Rails. No database; rooms live in memory.

require "active_support"
require "active_support/core_ext"
require "action_cable"
require "securerandom"

KEY = ENV.fetch("OBSERVER_API_KEY")

# A running meeting: what its room_update carries, and how many observers are subscribed.
Room = Struct.new(:id, :content, :subscribers) do
  def broadcasting = "room:#{id}"

  def update = { type: "room_update", content: content }

  # GET /rooms lists rooms with these fields only.
  def summary = content.slice("id", "name", "ready", "started_at", "shutdown", "guest_token")
end

# The rooms that run now. Puma's threads and ActionCable's workers both come here.
module Rooms
  @rooms = {}
  @lock = Monitor.new

  def self.all = @lock.synchronize { @rooms.values }

  def self.find(id) = @lock.synchronize { @rooms[id] }

  def self.add(room) = @lock.synchronize { @rooms[room.id] = room }

  def self.remove(id) = @lock.synchronize { @rooms.delete(id) }

  def self.count_subscriber(room, change) = @lock.synchronize { room.subscribers += change }
end

class Connection < ActionCable::Connection::Base
  identified_by :room_id

  # The key comes as header, as an extra subprotocol, or in the query. A bad key and a room that does
  # not run look the same from outside.
  def connect
    self.room_id = request.params["room_id"].to_s
    reject_unauthorized_connection unless keys.include?(KEY) && Rooms.find(room_id)
  end

  def hang_up = websocket.close

  private

  def keys
    protocols = request.headers["Sec-WebSocket-Protocol"].to_s.split(/,\s*/)
    [request.headers["Authorization"], request.params["api_key"], *protocols]
  end
end

class RoomChannel < ActionCable::Channel::Base
  # ActionCable confirms only after the stream is there, so the state reaches the client first.
  def subscribed
    @room = Rooms.find(connection.room_id)
    return reject unless @room

    Rooms.count_subscriber(@room, 1)
    stream_from(@room.broadcasting, coder: ActiveSupport::JSON) { |message| pass_on(message) }
    transmit(@room.update)
  end

  def unsubscribed = @room && Rooms.count_subscriber(@room, -1)

  private

  # After the end of the meeting the server closes; from here, so that the close cannot overtake the news.
  def pass_on(message)
    transmit(message)
    connection.hang_up if message["type"] == "room_update" && message.dig("content", "shutdown")
  end
end

ActionCable.server.config.tap do |config|
  config.logger = Logger.new($stderr, level: Logger::WARN)
  config.cable = { "adapter" => "async" }
  config.connection_class = -> { Connection }
  config.disable_request_forgery_protection = true
end
