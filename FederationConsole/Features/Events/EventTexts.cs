namespace FederationConsole.Features.Events;

/// <summary>Marks EventTexts.resx (Chinese) and EventTexts.en.resx. Types of events stand there as <c>Type_user.created</c>.</summary>
public sealed class EventTexts;
