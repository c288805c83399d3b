namespace FederationConsole.Features.Messages;

/// <summary>Marks MessageTexts.resx (Chinese) and MessageTexts.en.resx: the page 消息, and what went wrong at a provider in plain words.</summary>
public sealed class MessageTexts;
