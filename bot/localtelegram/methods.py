"""The table of Bot API methods."""

from collections.abc import Awaitable, Callable

from bot.localtelegram import (
    methods_bot,
    methods_chats,
    methods_media,
    methods_messages,
    methods_updates,
)
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

Method = Callable[[World, Params], object | Awaitable[object]]

_ALL: dict[str, Method] = {
    "getMe": methods_updates.get_me,
    "getUpdates": methods_updates.get_updates,
    "setWebhook": methods_updates.set_webhook,
    "deleteWebhook": methods_updates.delete_webhook,
    "getWebhookInfo": methods_updates.get_webhook_info,
    "sendMessage": methods_messages.send_message,
    "sendDocument": methods_media.send_document,
    "sendPhoto": methods_media.send_photo,
    "sendVoice": methods_media.send_voice,
    "sendVideo": methods_media.send_video,
    "sendAudio": methods_media.send_audio,
    "sendLocation": methods_media.send_location,
    "sendVenue": methods_media.send_venue,
    "copyMessage": methods_messages.copy_message,
    "editMessageText": methods_messages.edit_message_text,
    "editMessageCaption": methods_messages.edit_message_caption,
    "editMessageReplyMarkup": methods_messages.edit_message_reply_markup,
    "deleteMessage": methods_messages.delete_message,
    "pinChatMessage": methods_messages.pin_chat_message,
    "setMessageReaction": methods_messages.set_message_reaction,
    "answerCallbackQuery": methods_messages.answer_callback_query,
    "sendChatAction": methods_messages.send_chat_action,
    "getChat": methods_chats.get_chat,
    "getChatMember": methods_chats.get_chat_member,
    "getChatMemberCount": methods_chats.get_chat_member_count,
    "getChatAdministrators": methods_chats.get_chat_administrators,
    "leaveChat": methods_chats.leave_chat,
    "createForumTopic": methods_chats.create_forum_topic,
    "editForumTopic": methods_chats.edit_forum_topic,
    "closeForumTopic": methods_chats.close_forum_topic,
    "reopenForumTopic": methods_chats.reopen_forum_topic,
    "deleteForumTopic": methods_chats.delete_forum_topic,
    "setMyCommands": methods_bot.set_my_commands,
    "getMyCommands": methods_bot.get_my_commands,
    "deleteMyCommands": methods_bot.delete_my_commands,
    "setMyName": methods_bot.set_my_name,
    "getMyName": methods_bot.get_my_name,
    "setMyDescription": methods_bot.set_my_description,
    "getMyDescription": methods_bot.get_my_description,
    "setMyShortDescription": methods_bot.set_my_short_description,
    "getMyShortDescription": methods_bot.get_my_short_description,
    "setChatMenuButton": methods_bot.set_chat_menu_button,
    "getChatMenuButton": methods_bot.get_chat_menu_button,
    "getFile": methods_bot.get_file,
}
#: By lower-case name, since Telegram does not mind the case.
METHODS = {name.lower(): method for name, method in _ALL.items()}
