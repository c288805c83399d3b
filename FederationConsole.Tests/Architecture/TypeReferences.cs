using System.Reflection;
using System.Reflection.Emit;

namespace FederationConsole.Tests.Architecture;

/// <summary>
/// Which types a type knows, read from its compiled form: bases, attributes, fields, signatures and every instruction of every
/// method. What the compiler nests inside it (closures, iterators, async state machines) counts as the type itself. A constant
/// is copied when it is compiled and leaves no trace.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The outermost types that this outermost type knows, itself not among them.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Collect(type, found);
        found.Remove(type);
        return found;
    }

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static void Collect(Type type, HashSet<Type> found)
    {
        Add(type.BaseType, found);
        Add(type.GetInterfaces(), found);
        Add(type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()), found);
        AddAttributes(type.GetCustomAttributesData(), found);
        foreach (var member in type.GetMembers(Everything))
        {
            AddAttributes(member.GetCustomAttributesData(), found);
            switch (member)
            {
                case Type nested:
                    Collect(nested, found);
                    break;
                case MethodBase method:
                    AddMember(method, found);
                    AddBody(method, found);
                    break;
                default:
                    AddMember(member, found);
                    break;
            }
        }
    }

    private static void AddBody(MethodBase method, HashSet<Type> found)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        Add(body.LocalVariables.Select(local => local.LocalType), found);
        Add(body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType), found);
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethodDefinition ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            AddMember(method.Module.ResolveMember(token, typeArguments, methodArguments), found);
        }
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            // 0xFE announces an instruction of two bytes.
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var instruction = OpCodesByValue[value];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void AddMember(MemberInfo? member, HashSet<Type> found)
    {
        Add(member as Type ?? member?.DeclaringType, found);
        switch (member)
        {
            case FieldInfo field:
                Add(field.FieldType, found);
                break;
            case PropertyInfo property:
                Add(property.PropertyType, found);
                break;
            case EventInfo handled:
                Add(handled.EventHandlerType, found);
                break;
            case MethodBase method:
                Add(method.GetParameters().Select(parameter => parameter.ParameterType), found);
                Add((method as MethodInfo)?.ReturnType, found);
                if (method.IsGenericMethod)
                {
                    Add(method.GetGenericArguments(), found);
                }

                break;
        }
    }

    private static void AddAttributes(IEnumerable<CustomAttributeData> attributes, HashSet<Type> found)
    {
        foreach (var attribute in attributes)
        {
            Add(attribute.AttributeType, found);
            var values = attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue));
            Add(values.Select(value => value.Value as Type), found);
        }
    }

    private static void Add(IEnumerable<Type?> types, HashSet<Type> found)
    {
        foreach (var type in types)
        {
            Add(type, found);
        }
    }

    private static void Add(Type? type, HashSet<Type> found)
    {
        if (type is null)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType(), found);
            return;
        }

        if (type.IsGenericParameter)
        {
            // Its owner, if it matters, is named by the member that uses it.
            return;
        }

        if (type.IsFunctionPointer)
        {
            Add(type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()), found);
            return;
        }

        found.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
        if (type.IsConstructedGenericType)
        {
            Add(type.GetGenericArguments(), found);
        }
    }
}
