"""The people API: what people do in the local Telegram and what they see of it, as JSON.

A chat with the bot has the person's id; groups have negative ids. Messages are the Bot API's own
`Message` objects with a few things added that an app knows and a bot does not: `keyboard` (the
whole reply_markup, inline or not), `by_bot`, `reactions` ([{emoji, people}]), `voted` (option
indexes), `pinned`. Every refusal is {"error": sentence} with status 400, 403 or 404.

    GET  /try/state -> {seq, now, movable, bot, people: [Person], chats: [Chat]}
           Person {id, first_name, last_name?, username?, language_code, started, blocked}
           Chat {id, type, title?, person?, is_forum, members: [{id, status, anonymous}],
                 topics: [{message_thread_id, name}], pinned: [message_id], last: Message|null}
    GET  /try/events?since=N          server-sent events; `id:` is the sequence number
    GET  /try/chats/{id}/messages?as={person}
           -> {seq, messages, drafts: [Draft], actions: [{action, until}], commands: [{command,
              description}], keyboard: ReplyKeyboardMarkup|null, menu_button}
           Draft {draft_id, text, entities, can_stop, message_thread_id?, until}
    POST /try/send {person, chat, text, reply_to?, thread?}           -> {messages}
    POST /try/start {person, payload?}                                -> {messages}
    POST /try/upload (multipart: person, chat, caption?, as_photo?, thread?, reply_to?, file…)
                                                                      -> {messages}
    POST /try/press {person, chat, message_id, data | row, col, stale?}
           -> {callback_query_id} or {url} or {copy_text} or {web_app}
    POST /try/stop {person, chat, draft_id}                           -> {ok}
    POST /try/edit {person, chat, message_id, text}                   -> {messages}
    POST /try/delete {person, chat, message_id}                       -> {ok}
    POST /try/react {person, chat, message_id, emoji|null}            -> {ok}
    POST /try/vote {person, chat, message_id, options: [index]}       -> {ok}
    POST /try/block {person, blocked}                                 -> {ok}
    POST /try/people {first_name, language_code, username?}           -> {person: Person}
    POST /try/groups {title, members, admins, is_forum?, bot?}        -> {chat: Chat}
    POST /try/join | /try/leave {person, chat}                        -> {ok}
    POST /try/promote {person, chat, status, anonymous?}              -> {ok}
    POST /try/topics {person, chat, name}                             -> {message_thread_id}
    POST /try/migrate {chat}                                          -> {chat: Chat}
    GET  /try/clock -> {now, movable}; POST /try/clock {advance_seconds} -> {now, movable}
    POST /try/faults [{kind, method?, times?, retry_after?, status?, seconds?}]  (DELETE clears)
    GET  /try/calls?since=N -> {seq, calls: [{seq, at, method, chat_id, params, status, error}]}
    GET  /try/file/{file_id}          the bytes, with their media type

Events (`event:` names the kind, `data:` is JSON; `to` names the only person who sees it):

    message {chat, message, to?}      edited {chat, message, to?}     deleted {chat, message_ids}
    draft {chat, draft}               draft_gone {chat, draft_id}
    action {chat, action, thread?, until}
    callback_answer {chat, to, callback_query_id, text, show_alert, url}
    reaction {chat, message_id, reactions}         poll {chat, message_id, poll}
    pinned {chat, pinned}             chat {chat: Chat}               person {person: Person}
    commands {}                       clock {now}                     reset {}  (load all anew)
"""
