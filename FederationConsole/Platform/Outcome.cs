using System.Diagnostics.CodeAnalysis;

namespace FederationConsole.Platform;

/// <summary>What both outcomes have in common: a write that returns one with a fault is rolled back.</summary>
public interface IOutcome
{
    Fault? Fault { get; }
}

/// <summary>Either done, or a <see cref="Fault"/> that says why not.</summary>
public readonly record struct Outcome : IOutcome
{
    private Outcome(Fault? fault) => Fault = fault;

    public Fault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Ok => Fault is null;

    public static Outcome Done => default;

    /// <summary>For a value of an interface type, which the language converts to nothing by itself.</summary>
    public static Outcome<T> Of<T>(T value)
        where T : notnull => Outcome<T>.Of(value);

    public static implicit operator Outcome(Fault fault) => new(fault);
    public static implicit operator Outcome(FaultKind kind) => new(new Fault(kind));
}

/// <summary>Either a value, or a <see cref="Fault"/> that says why there is none.</summary>
public readonly record struct Outcome<T> : IOutcome
    where T : notnull
{
    private Outcome(T? value, Fault? fault) => (Value, Fault) = (value, fault);

    public T? Value { get; }

    public Fault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Ok => Fault is null;

    internal static Outcome<T> Of(T value) => new(value, null);

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Fault fault) => new(default, fault);
    public static implicit operator Outcome<T>(FaultKind kind) => new(default, new Fault(kind));
}
