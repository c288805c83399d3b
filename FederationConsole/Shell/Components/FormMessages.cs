using FederationConsole.Platform;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Components;

/// <summary>Shows a service's <see cref="Fault"/> in a form: at its field if it names one, else at the top.</summary>
/// <param name="form">
/// The form. Its model's properties are its fields, with those that an <see cref="IHasFields"/> names, or the keys of a model that is a
/// dictionary of texts; a field is found by its name, else by its name in another case.
/// </param>
public sealed class FormMessages(EditContext form, IStringLocalizer<ShellTexts> texts)
{
    private readonly ValidationMessageStore store = new(form);

    public void Show(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        List<string> fields = [.. FieldsOf(form)];
        var field = fields.Find(name => name == fault.Field) ?? fields.Find(name => string.Equals(name, fault.Field, StringComparison.OrdinalIgnoreCase));
        store.Clear();
        store.Add(form.Field(field ?? ""), texts.Say(fault));
        form.NotifyValidationStateChanged();
    }

    internal static IEnumerable<string> FieldsOf(EditContext form) =>
        form.Model is IDictionary<string, string?> named
        ? named.Keys
        : form.Model.GetType().GetProperties().Select(p => p.Name).Concat((form.Model as IHasFields)?.Fields ?? []);

    public void Clear()
    {
        store.Clear();
        form.NotifyValidationStateChanged();
    }
}

/// <summary>A form's model with fields that are no properties of it, such as those that a schema makes.</summary>
public interface IHasFields
{
    /// <summary>Their names, as the form's fields bear them.</summary>
    IEnumerable<string> Fields { get; }
}
