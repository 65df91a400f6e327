import { defineMessages } from '../../locales/message.ts'

export const fileDropMessages = defineMessages('fileDrop', {
  choose: 'Choose a file',
  dragging: 'Drop the file to read it',
  reading: 'Reading {file}',
  read: 'Read {file}',
  replaced: 'Replaced with {file}',
  again: 'Choose another file',
  clear: 'Clear',
  paste: 'Paste JSON',
  pasteLabel: 'JSON text',
  readPasted: 'Read the text',
  pastedName: 'the pasted text',
  cancel: 'Cancel',
  multiple: 'Drop one file.',
  tooBig: 'This file is larger than {limit} KB. Choose the file that Google gave you.',
  unreadable: 'Your browser could not read this file. Choose it again.',
})
