using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.Events;

/// <summary>Section <c>Events</c>.</summary>
public sealed class EventOptions
{
    public const string Section = "Events";

    /// <summary>Days that events, deliveries and tries are kept, whether a receiver wanted them or not. What still waits then is dropped.</summary>
    [Range(3, 400, ErrorMessage = Section + ":KeepDays is from 3 to 400.")]
    public int KeepDays { get; set; } = 30;
}
